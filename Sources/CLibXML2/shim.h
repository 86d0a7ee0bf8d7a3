// Debian's libxml2 headers pull in ICU 72, whose types clash with the ICU inside Foundation.
// Hiding it hides two tail fields of xmlCharEncodingHandler: never allocate that struct from Swift.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
#include <libxml/relaxng.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
