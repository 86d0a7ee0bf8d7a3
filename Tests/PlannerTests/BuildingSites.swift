extension Built {
  /// Site files beside the examples.
  static let sites: [String: String] = [
    // Two switches that act as one, guests and storage on the same cards, an MLAG core.
    "linked-pair": """
    tenfold: 1
    name: linked-pair
    prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
    room:
      racks:
        - { name: r1, row: A, position: 1 }
        - { name: r2, row: A, position: 2 }
    hosts:
      - name: hv
        racks: { r1: 3, r2: 2 }
        os: windows-server-2019
        nics:
          - { model: X520-DA2, count: 2, attach: new-fabric, carries: [csv, live-migration, tenant] }
    traffic: { rdma: none, tenant-vlans: [20, 30] }
    requirements: { designs: [vlt-pair], spine-models: [S4810], power-supplies: { spine: 1, tor: 1 } }
    core:
      name: core-1
      kind: mlag
      rack: r2
      spanning-tree: { mode: rstp, priority: 24576 }
      ports:
        - { name: Te1/1, type: sfp+, box: left }
        - { name: Te1/2, type: sfp+, box: left }
        - { name: Te2/1, type: sfp+, box: right }
        - { name: Te2/2, type: sfp+, box: right }
      uplinks: 4
    """,
    // 10GBASE-T over cabling that is there, a core of two boxes that are not one.
    "copper-pair": """
    tenfold: 1
    name: copper-pair
    prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
    room:
      racks:
        - { name: r1, row: A, position: 1 }
        - { name: r2, row: A, position: 2 }
      cabling:
        - { medium: cat6a, between: [r1, r2], length: 8 m }
    hosts:
      - name: hv
        racks: { r1: 2, r2: 3 }
        os: linux
        nics:
          - { model: X540-T2, attach: new-fabric, carries: [live-migration, tenant] }
    traffic: { rdma: none, csv: no, live-migration: yes, tenant-vlans: [20] }
    requirements: { designs: [vlt-pair], spine-models: [S4820T], power-supplies: { spine: 1, tor: 1 } }
    core:
      name: core-1
      kind: separate
      rack: r1
      spanning-tree: { mode: rapid-pvst, priority: 49152 }
      ports:
        - { name: Te1, type: rj45, box: left }
        - { name: Te2, type: rj45, box: left }
        - { name: Te1, type: rj45, box: right }
    """,
    // Uplinks out of split spine ports, cards to be bought, no core, a management switch to be
    // bought, everything in the order of the file.
    "split-spine": """
    tenfold: 1
    name: split-spine
    budget: { total: 100000, starter: 50000 }
    prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
    room:
      racks:
        - { name: r2, row: A, position: 2 }
        - { name: r1, row: A, position: 1 }
    hosts:
      - name: hv
        racks: { r1: 3, r2: 5 }
        os: windows-server-2016
        nics:
          - { attach: new-fabric, carries: [csv, live-migration] }
    traffic: { rdma: required }
    requirements:
      designs: [spine-leaf]
      spine-models: [Z9000]
      tor-models: [N4032F]
      power-supplies: { spine: 1, tor: 1 }
    management: { buy-switch: yes, rack: r1 }
    """,
    // More hosts than the ToRs have fixed ports for: modules.
    "modules": """
    tenfold: 1
    name: modules
    prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
    room:
      racks:
        - { name: r1, row: A, position: 1 }
    hosts:
      - name: hv
        racks: { r1: 12 }
        os: windows-server-2016
        nics:
          - { model: X520-DA2, count: 2, attach: new-fabric, carries: [csv, live-migration] }
    traffic: { rdma: none }
    requirements:
      designs: [spine-leaf]
      spine-models: [S4810]
      tor-models: [N4032F]
      power-supplies: { spine: 1, tor: 1 }
    """,
    // Hosts on the lanes of split ports.
    "split-hosts": """
    tenfold: 1
    name: split-hosts
    prices: { exchange: { USD: 0.92, on: 2026-11-01 } }
    room:
      racks:
        - { name: r1, row: A, position: 1 }
        - { name: r2, row: A, position: 2 }
    hosts:
      - name: hv
        racks: { r1: 3, r2: 5 }
        os: windows-server-2016
        nics:
          - { model: X520-DA2, attach: new-fabric, carries: [csv] }
    traffic: { rdma: none, live-migration: no }
    requirements:
      designs: [vlt-pair]
      spine-models: [Z9000]
      power-supplies: { spine: 1, tor: 1 }
    """,
  ]
}
