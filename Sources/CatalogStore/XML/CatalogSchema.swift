/// The schema of catalogue files, as text of the program so that it needs no file at run time.
public enum CatalogSchema {
  /// RELAX NG in XML syntax; the same bytes as `catalogs/catalog.rng`, which a test compares.
  public static let relaxNG = #"""
    <?xml version="1.0" encoding="UTF-8"?>
    <!--
      The form of a Tenfold parts catalogue, RELAX NG (ISO/IEC 19757-2), XML syntax.

      One file holds any mix of sources, parts, prices, compatibility rules and reference rows. What a
      grammar cannot say (references that resolve, facts that contradict each other, ids that occur
      twice) is checked after this by the reader.

      An absent attribute or element means that no source was found: unknown, never zero and never no.
      Every part names the sources of its facts in `sources`; an element inside it that has `sources`
      of its own rests on those instead.
    -->
    <grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:tenfold:catalog:1"
      datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">

      <start>
        <element name="catalog">
          <zeroOrMore>
            <choice>
              <ref name="source"/>
              <ref name="exchange-rate"/>
              <ref name="switch"/>
              <ref name="module"/>
              <ref name="optic"/>
              <ref name="cable"/>
              <ref name="nic"/>
              <ref name="accessory"/>
              <ref name="price"/>
              <ref name="reference-price"/>
              <ref name="compatibility"/>
              <ref name="compatibility-note"/>
              <ref name="standard"/>
              <ref name="cable-rule"/>
            </choice>
          </zeroOrMore>
        </element>
      </start>

      <!-- Where facts were read: an address, or a stable description where there is none. -->
      <define name="source">
        <element name="source">
          <attribute name="id"><ref name="token-id"/></attribute>
          <attribute name="url"><ref name="words"/></attribute>
          <attribute name="accessed"><ref name="date"/></attribute>
        </element>
      </define>

      <!-- `rate` units of `to` for one unit of `from`. -->
      <define name="exchange-rate">
        <element name="exchange-rate">
          <attribute name="from"><ref name="currency"/></attribute>
          <attribute name="to"><ref name="currency"/></attribute>
          <attribute name="rate"><ref name="decimal"/></attribute>
          <attribute name="on"><ref name="date"/></attribute>
          <attribute name="source"><ref name="token-id"/></attribute>
        </element>
      </define>

      <!-- What every part has. -->
      <define name="identity">
        <attribute name="id"><ref name="part-id"/></attribute>
        <attribute name="vendor"><ref name="words"/></attribute>
        <attribute name="model"><ref name="words"/></attribute>
        <optional><attribute name="sku"><ref name="words"/></attribute></optional>
        <optional>
          <attribute name="status">
            <choice><value>current</value><value>legacy</value></choice>
          </attribute>
        </optional>
        <optional><attribute name="pack-size"><ref name="count"/></attribute></optional>
        <attribute name="sources"><ref name="source-ids"/></attribute>
      </define>

      <define name="own-sources">
        <optional><attribute name="sources"><ref name="source-ids"/></attribute></optional>
      </define>

      <!-- A fact that plans do not reckon with; `catalog show` prints it. -->
      <define name="figures">
        <zeroOrMore>
          <element name="figure">
            <attribute name="name"><ref name="token-id"/></attribute>
            <attribute name="value"><ref name="words"/></attribute>
            <optional><attribute name="unit"><ref name="words"/></attribute></optional>
            <ref name="own-sources"/>
          </element>
        </zeroOrMore>
      </define>

      <define name="note">
        <optional><element name="note"><text/></element></optional>
      </define>

      <define name="requires">
        <zeroOrMore>
          <element name="requires">
            <attribute name="part"><ref name="part-id"/></attribute>
            <optional><attribute name="quantity"><ref name="count"/></attribute></optional>
            <optional>
              <attribute name="when">
                <choice>
                  <value>always</value>
                  <value>per-power-supply</value>
                  <value>multi-chassis</value>
                  <value>data-center-bridging</value>
                  <value>split</value>
                </choice>
              </attribute>
            </optional>
            <ref name="own-sources"/>
          </element>
        </zeroOrMore>
      </define>

      <!-- Equal ports. Port i (from 0) is called prefix + (first + i * step) + suffix. -->
      <define name="ports">
        <element name="ports">
          <attribute name="id"><ref name="token-id"/></attribute>
          <attribute name="connector"><ref name="connector"/></attribute>
          <attribute name="count"><ref name="count"/></attribute>
          <attribute name="rates"><ref name="rates"/></attribute>
          <attribute name="prefix"><ref name="prefix"/></attribute>
          <attribute name="first"><ref name="number"/></attribute>
          <optional><attribute name="step"><ref name="count"/></attribute></optional>
          <optional><attribute name="suffix"><ref name="prefix"/></attribute></optional>
          <optional><attribute name="max-optic-w"><ref name="decimal"/></attribute></optional>
          <optional><attribute name="shared-with"><ref name="token-id"/></attribute></optional>
          <ref name="own-sources"/>
          <optional>
            <element name="split">
              <attribute name="lanes"><ref name="count"/></attribute>
              <attribute name="rate"><ref name="rate"/></attribute>
              <attribute name="connector"><ref name="connector"/></attribute>
              <optional><attribute name="max-ports"><ref name="count"/></attribute></optional>
              <optional><attribute name="disables"><ref name="number"/></attribute></optional>
              <attribute name="prefix"><ref name="prefix"/></attribute>
              <!-- consecutive: N, N+1, ...; slash: N/1, ...; colon: N:1, ...; block: base + 4(N-1), ... -->
              <choice>
                <attribute name="numbering">
                  <choice><value>consecutive</value><value>slash</value><value>colon</value></choice>
                </attribute>
                <group>
                  <attribute name="numbering"><value>block</value></attribute>
                  <attribute name="base"><ref name="number"/></attribute>
                </group>
              </choice>
              <ref name="own-sources"/>
            </element>
          </optional>
        </element>
      </define>

      <define name="switch">
        <element name="switch">
          <ref name="identity"/>
          <attribute name="roles">
            <list>
              <oneOrMore>
                <choice>
                  <value>spine</value>
                  <value>tor</value>
                  <value>standalone</value>
                  <value>out-of-band</value>
                </choice>
              </oneOrMore>
            </list>
          </attribute>
          <optional><attribute name="os"><ref name="token-id"/></attribute></optional>
          <interleave>
            <zeroOrMore><ref name="ports"/></zeroOrMore>
            <optional>
              <element name="bays">
                <attribute name="count"><ref name="number"/></attribute>
                <optional>
                  <attribute name="modules">
                    <list><oneOrMore><ref name="part-id"/></oneOrMore></list>
                  </attribute>
                </optional>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="multi-chassis">
                <attribute name="kind">
                  <choice>
                    <value>vlt</value>
                    <value>mlag</value>
                    <value>vpc</value>
                    <value>stacking</value>
                    <value>none</value>
                  </choice>
                </attribute>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="lag">
                <attribute name="max-members"><ref name="count"/></attribute>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="dcb">
                <optional><attribute name="pfc"><ref name="yes-no"/></attribute></optional>
                <optional><attribute name="ets"><ref name="yes-no"/></attribute></optional>
                <optional><attribute name="dcbx"><ref name="yes-no"/></attribute></optional>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="uplink-tracking">
                <attribute name="able"><ref name="yes-no"/></attribute>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="mtu">
                <attribute name="max-bytes"><ref name="count"/></attribute>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="rack">
                <attribute name="units"><ref name="decimal"/></attribute>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="power">
                <optional><attribute name="max-w"><ref name="decimal"/></attribute></optional>
                <optional><attribute name="typical-w"><ref name="decimal"/></attribute></optional>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="power-supplies">
                <optional><attribute name="bays"><ref name="count"/></attribute></optional>
                <optional><attribute name="included"><ref name="number"/></attribute></optional>
                <optional><attribute name="part"><ref name="part-id"/></attribute></optional>
                <optional><attribute name="inlet"><ref name="words"/></attribute></optional>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="airflow">
                <attribute name="directions">
                  <list>
                    <oneOrMore>
                      <choice>
                        <value>port-to-psu</value>
                        <value>psu-to-port</value>
                        <value>side-to-side</value>
                        <value>fanless</value>
                      </choice>
                    </oneOrMore>
                  </list>
                </attribute>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="management">
                <attribute name="port"><ref name="yes-no"/></attribute>
                <optional><attribute name="name"><ref name="words"/></attribute></optional>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional><ref name="third-party-media"/></optional>
            <ref name="requires"/>
            <ref name="figures"/>
            <ref name="note"/>
          </interleave>
        </element>
      </define>

      <define name="third-party-media">
        <element name="third-party-media">
          <attribute name="accepted"><ref name="yes-no"/></attribute>
          <ref name="own-sources"/>
        </element>
      </define>

      <define name="module">
        <element name="module">
          <ref name="identity"/>
          <interleave>
            <oneOrMore><ref name="ports"/></oneOrMore>
            <optional>
              <element name="power">
                <attribute name="max-w"><ref name="decimal"/></attribute>
                <ref name="own-sources"/>
              </element>
            </optional>
            <ref name="requires"/>
            <ref name="figures"/>
            <ref name="note"/>
          </interleave>
        </element>
      </define>

      <define name="optic">
        <element name="optic">
          <ref name="identity"/>
          <attribute name="form"><ref name="connector"/></attribute>
          <attribute name="standard"><ref name="token-id"/></attribute>
          <attribute name="rates"><ref name="rates"/></attribute>
          <optional><attribute name="socket"><ref name="connector"/></attribute></optional>
          <interleave>
            <zeroOrMore>
              <element name="reach">
                <attribute name="medium"><ref name="medium"/></attribute>
                <attribute name="length-m"><ref name="decimal"/></attribute>
                <ref name="own-sources"/>
              </element>
            </zeroOrMore>
            <optional>
              <element name="power">
                <attribute name="max-w"><ref name="decimal"/></attribute>
                <ref name="own-sources"/>
              </element>
            </optional>
            <ref name="figures"/>
            <ref name="note"/>
          </interleave>
        </element>
      </define>

      <define name="cable">
        <element name="cable">
          <ref name="identity"/>
          <attribute name="family"><ref name="family"/></attribute>
          <optional><attribute name="medium"><ref name="medium"/></attribute></optional>
          <attribute name="end-a"><ref name="connector"/></attribute>
          <attribute name="end-b"><ref name="connector"/></attribute>
          <optional><attribute name="lanes"><ref name="count"/></attribute></optional>
          <optional><attribute name="rate"><ref name="rate"/></attribute></optional>
          <attribute name="length-m"><ref name="decimal"/></attribute>
          <interleave>
            <ref name="cable-build"/>
            <ref name="figures"/>
            <ref name="note"/>
          </interleave>
        </element>
      </define>

      <define name="cable-build">
        <optional>
          <element name="build">
            <optional><attribute name="diameter-mm"><ref name="decimal"/></attribute></optional>
            <optional><attribute name="bend-radius-mm"><ref name="decimal"/></attribute></optional>
            <optional><attribute name="power-per-end-w"><ref name="decimal"/></attribute></optional>
            <ref name="own-sources"/>
          </element>
        </optional>
      </define>

      <define name="nic">
        <element name="nic">
          <ref name="identity"/>
          <optional><attribute name="ports"><ref name="count"/></attribute></optional>
          <attribute name="rate"><ref name="rate"/></attribute>
          <optional><attribute name="connector"><ref name="connector"/></attribute></optional>
          <interleave>
            <optional>
              <element name="rdma">
                <attribute name="kind">
                  <choice>
                    <value>none</value>
                    <value>roce-v1</value>
                    <value>roce-v2</value>
                    <value>iwarp</value>
                    <value>both</value>
                  </choice>
                </attribute>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="offers">
                <optional><attribute name="dcb"><ref name="yes-no"/></attribute></optional>
                <optional><attribute name="sriov"><ref name="yes-no"/></attribute></optional>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="mtu">
                <attribute name="max-bytes"><ref name="count"/></attribute>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional>
              <element name="power">
                <attribute name="max-w"><ref name="decimal"/></attribute>
                <ref name="own-sources"/>
              </element>
            </optional>
            <optional><ref name="third-party-media"/></optional>
            <ref name="figures"/>
            <ref name="note"/>
          </interleave>
        </element>
      </define>

      <define name="accessory">
        <element name="accessory">
          <ref name="identity"/>
          <attribute name="kind">
            <choice>
              <value>power-supply</value>
              <value>power-cord</value>
              <value>rack-kit</value>
              <value>licence</value>
              <value>fan</value>
              <value>other</value>
            </choice>
          </attribute>
          <optional><attribute name="plug"><ref name="words"/></attribute></optional>
          <interleave>
            <ref name="figures"/>
            <ref name="note"/>
          </interleave>
        </element>
      </define>

      <!--
        For one order unit. vat="included" without a rate makes it a reference only; with
        vat-percent the net amount is worked out. The text says what the number does not.
      -->
      <define name="price">
        <element name="price">
          <attribute name="part"><ref name="part-id"/></attribute>
          <ref name="priced"/>
          <optional>
            <attribute name="vat"><choice><value>included</value><value>excluded</value></choice></attribute>
          </optional>
          <optional><attribute name="vat-percent"><ref name="decimal"/></attribute></optional>
          <text/>
        </element>
      </define>

      <define name="priced">
        <attribute name="amount"><ref name="decimal"/></attribute>
        <attribute name="currency"><ref name="currency"/></attribute>
        <attribute name="kind">
          <choice>
            <value>contract</value>
            <value>quote</value>
            <value>street</value>
            <value>list</value>
            <value>refurbished</value>
            <value>secondary</value>
            <value>historical</value>
          </choice>
        </attribute>
        <attribute name="condition"><choice><value>new</value><value>used</value></choice></attribute>
        <optional><attribute name="as-of"><ref name="date"/></attribute></optional>
        <attribute name="source"><ref name="token-id"/></attribute>
      </define>

      <!-- A bundle, a range nobody sells, or something that is no part here: never counted with. -->
      <define name="reference-price">
        <element name="reference-price">
          <attribute name="subject"><ref name="words"/></attribute>
          <ref name="priced"/>
          <optional>
            <attribute name="vat"><choice><value>included</value><value>excluded</value></choice></attribute>
          </optional>
          <text/>
        </element>
      </define>

      <define name="verdict">
        <attribute name="works">
          <choice>
            <value>yes</value>
            <value>no</value>
            <value>with-command</value>
            <value>unknown</value>
          </choice>
        </attribute>
        <optional><attribute name="command"><ref name="words"/></attribute></optional>
        <attribute name="source"><ref name="token-id"/></attribute>
        <text/>
      </define>

      <!-- device: part id, os:NAME or vendor:NAME. medium: part id, vendor:NAME, third-party-dac or
        third-party. -->
      <define name="compatibility">
        <element name="compatibility">
          <attribute name="device"><ref name="words"/></attribute>
          <attribute name="medium"><ref name="words"/></attribute>
          <ref name="verdict"/>
        </element>
      </define>

      <define name="compatibility-note">
        <element name="compatibility-note">
          <attribute name="device"><ref name="words"/></attribute>
          <attribute name="medium"><ref name="words"/></attribute>
          <ref name="verdict"/>
        </element>
      </define>

      <define name="standard">
        <element name="standard">
          <attribute name="name"><ref name="token-id"/></attribute>
          <attribute name="medium"><ref name="medium"/></attribute>
          <attribute name="length-m"><ref name="decimal"/></attribute>
          <attribute name="sources"><ref name="source-ids"/></attribute>
          <interleave>
            <ref name="figures"/>
            <ref name="note"/>
          </interleave>
        </element>
      </define>

      <define name="cable-rule">
        <element name="cable-rule">
          <attribute name="subject"><ref name="words"/></attribute>
          <optional><attribute name="family"><ref name="family"/></attribute></optional>
          <optional><attribute name="medium"><ref name="medium"/></attribute></optional>
          <optional><attribute name="max-length-m"><ref name="decimal"/></attribute></optional>
          <attribute name="sources"><ref name="source-ids"/></attribute>
          <interleave>
            <ref name="cable-build"/>
            <ref name="figures"/>
            <ref name="note"/>
          </interleave>
        </element>
      </define>

      <!-- Values -->
      <define name="part-id">
        <data type="string"><param name="pattern">[a-z0-9][a-z0-9.+\-]{0,63}</param></data>
      </define>
      <define name="token-id">
        <data type="string"><param name="pattern">[a-z0-9][a-z0-9.+\-]{0,63}</param></data>
      </define>
      <define name="source-ids">
        <list><oneOrMore><ref name="token-id"/></oneOrMore></list>
      </define>
      <define name="words">
        <data type="string"><param name="minLength">1</param><param name="maxLength">600</param></data>
      </define>
      <define name="prefix">
        <data type="string"><param name="minLength">0</param><param name="maxLength">40</param></data>
      </define>
      <define name="count">
        <data type="string"><param name="pattern">[1-9][0-9]{0,6}</param></data>
      </define>
      <define name="number">
        <data type="string"><param name="pattern">[0-9]{1,7}</param></data>
      </define>
      <define name="decimal">
        <data type="string"><param name="pattern">[0-9]{1,9}(\.[0-9]{1,6})?</param></data>
      </define>
      <define name="date">
        <data type="string"><param name="pattern">[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?</param></data>
      </define>
      <define name="currency">
        <data type="string"><param name="pattern">[A-Z]{3}</param></data>
      </define>
      <define name="rate">
        <data type="string"><param name="pattern">[0-9]{1,4}(\.[0-9])?G</param></data>
      </define>
      <define name="rates">
        <list><oneOrMore><ref name="rate"/></oneOrMore></list>
      </define>
      <define name="yes-no">
        <choice><value>yes</value><value>no</value></choice>
      </define>
      <define name="connector">
        <choice>
          <value>rj45</value>
          <value>sfp+</value>
          <value>sfp28</value>
          <value>qsfp+</value>
          <value>qsfp28</value>
          <value>lc</value>
          <value>mpo-12</value>
        </choice>
      </define>
      <define name="medium">
        <choice>
          <value>om1</value>
          <value>om2</value>
          <value>om3</value>
          <value>om4</value>
          <value>os2</value>
          <value>cat5e</value>
          <value>cat6</value>
          <value>cat6a</value>
        </choice>
      </define>
      <define name="family">
        <choice>
          <value>dac-passive</value>
          <value>dac-active</value>
          <value>aoc</value>
          <value>fibre</value>
          <value>twisted-pair</value>
        </choice>
      </define>

    </grammar>

    """#
}
