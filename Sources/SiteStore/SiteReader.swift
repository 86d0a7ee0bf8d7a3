// The YAML reader lives here.
