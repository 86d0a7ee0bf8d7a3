// swift-tools-version: 6.1
import PackageDescription

// What tests calculate with for minutes is not worth waiting for without optimisation.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

let package = Package(
  name: "tenfold",
  products: [.executable(name: "tenfold", targets: ["tenfold"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    // Agents alone speak over a network.
    .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", exact: "2.37.6"),
    .package(url: "https://github.com/apple/swift-certificates", exact: "1.21.1"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
  ],
  targets: [
    // Arrows point one way only; `scripts/check-imports` compares this list with what the files import.
    .target(name: "CSHA256"),
    .target(
      name: "Quantities", dependencies: ["CSHA256"], swiftSettings: optimised),
    .target(name: "CThreads"),
    .target(name: "Threads", dependencies: ["CThreads"]),
    .target(
      name: "JSONText", dependencies: ["Threads"], swiftSettings: optimised),
    .target(name: "CatalogModel", dependencies: ["Quantities"]),
    .target(name: "PriceModel", dependencies: ["Quantities", "CatalogModel"]),
    .systemLibrary(
      name: "CLibXML2", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
    .target(
      name: "CatalogStore",
      dependencies: [
        "Quantities", "CatalogModel", "PriceModel", "CLibXML2",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(name: "SiteModel", dependencies: ["Quantities"]),
    .target(
      name: "SiteStore",
      dependencies: ["Quantities", "SiteModel", .product(name: "Yams", package: "Yams")]),
    .target(
      name: "Fabric",
      dependencies: ["Quantities", "JSONText", "CatalogModel", "SiteModel"],
      swiftSettings: optimised),
    .target(
      name: "PlanProblem", dependencies: ["Quantities", "Threads", "CatalogModel", "SiteModel"],
      swiftSettings: optimised),
    .target(
      name: "Planner",
      dependencies: [
        "Quantities", "Threads", "CatalogModel", "SiteModel", "PlanProblem", "Fabric",
      ], swiftSettings: optimised),
    .target(
      name: "Audit",
      dependencies: ["Quantities", "Threads", "CatalogModel", "SiteModel", "Fabric"],
      swiftSettings: optimised),
    .target(
      name: "TemplateText",
      dependencies: ["Quantities", .product(name: "Mustache", package: "swift-mustache")],
      swiftSettings: optimised),
    .target(
      name: "SwitchConfig",
      dependencies: [
        "Quantities", "CatalogModel", "Fabric", "TemplateText",
        .product(name: "Mustache", package: "swift-mustache"),
      ], swiftSettings: optimised),
    .target(
      name: "HostConfig",
      dependencies: ["Quantities", "CatalogModel", "SiteModel", "Fabric", "TemplateText"]),
    .target(
      name: "Evidence", dependencies: ["Quantities", "JSONText"], swiftSettings: optimised),
    .target(
      name: "Validation",
      dependencies: [
        "Quantities", "Threads", "CatalogModel", "SiteModel", "Fabric", "Evidence",
      ], swiftSettings: optimised),
    .target(
      name: "ValidationHistory",
      dependencies: [
        "Quantities", "Validation", .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    .target(name: "CTransport"),
    .target(name: "Transport", dependencies: ["CTransport", "Quantities", "Threads"]),
    .target(name: "CMigration"),
    .target(
      name: "Migration",
      dependencies: ["CMigration", "Quantities", "Threads", "JSONText", "Transport"]),
    .target(
      name: "Forecast",
      dependencies: ["Quantities", "CatalogModel", "SiteModel", "Fabric", "Migration"]),
    .target(name: "CSpawn"),
    .target(
      name: "Agent",
      dependencies: [
        "CSpawn", "Quantities", "JSONText", "Evidence", "Transport", "Threads", "Migration",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOTLS", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "X509", package: "swift-certificates"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .target(name: "CLab"),
    .target(
      name: "Lab",
      dependencies: [
        "Quantities", "Threads", "JSONText", "CatalogModel", "SiteModel", "Fabric", "CLab",
      ]),
    .target(name: "CExchange"),
    .target(name: "OutputWriter", dependencies: ["Quantities", "Threads", "CExchange"]),
    .target(
      name: "Reports",
      dependencies: ["Quantities", "Threads", "JSONText", "CatalogModel", "SiteModel", "Fabric"],
      swiftSettings: optimised),
    .executableTarget(
      name: "tenfold",
      dependencies: [
        "Quantities", "Threads", "JSONText", "CatalogModel", "CatalogStore", "SiteModel",
        "SiteStore", "Fabric", "PlanProblem", "Planner", "Audit", "TemplateText", "SwitchConfig",
        "HostConfig", "Reports", "Evidence", "Validation", "ValidationHistory", "Transport",
        "Agent", "Lab", "OutputWriter", "Migration", "Forecast",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // Times whole processes for Benchmarks/run.
    .executableTarget(name: "measure", path: "Benchmarks/Sources"),
    // Shared by tests: repeatable random numbers, random sites, diffs, folders of cases.
    .target(
      name: "TenfoldTestSupport", dependencies: ["Quantities", "SiteModel"],
      path: "Tests/TenfoldTestSupport"),
    // What the texts of the shipped dialects can hold.
    .target(
      name: "DialectTestSupport",
      dependencies: ["Quantities", "CatalogModel", "SwitchConfig", "TenfoldTestSupport"],
      path: "Tests/DialectTestSupport"),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"]),
    .testTarget(
      name: "TransportTests",
      dependencies: [
        "CTransport", "Quantities", "Threads", "Transport", "TenfoldTestSupport",
        "TransportTestSupport",
      ]),
    // Ways over which connections go, that can be cut.
    .target(
      name: "TransportTestSupport", dependencies: ["Quantities", "Threads", "Transport"],
      path: "Tests/TransportTestSupport"),
    // Migrations that are drawn from a seed, with what breaks in them.
    .target(
      name: "MigrationTestSupport",
      dependencies: [
        "CLab", "Quantities", "Threads", "JSONText", "Transport", "Migration",
        "TenfoldTestSupport", "TransportTestSupport",
      ], path: "Tests/MigrationTestSupport"),
    .testTarget(
      name: "MigrationTests",
      dependencies: [
        "Quantities", "Threads", "Transport", "Migration", "TenfoldTestSupport",
        "MigrationTestSupport", "TransportTestSupport",
      ]),
    .testTarget(
      name: "ForecastTests",
      dependencies: [
        "Quantities", "SiteModel", "Fabric", "Migration", "Forecast", "TenfoldTestSupport",
      ]),
    .testTarget(name: "QuantitiesTests", dependencies: ["Quantities"]),
    .testTarget(name: "CatalogModelTests", dependencies: ["Quantities", "CatalogModel"]),
    .testTarget(
      name: "PriceModelTests",
      dependencies: ["Quantities", "CatalogModel", "CatalogStore", "PriceModel"]),
    .testTarget(
      name: "CatalogStoreTests",
      dependencies: ["Quantities", "CatalogModel", "CatalogStore", "PriceModel"],
      exclude: ["Tables"]),
    .testTarget(
      name: "SiteStoreTests",
      dependencies: ["Quantities", "SiteModel", "SiteStore", "TenfoldTestSupport"]),
    .testTarget(
      name: "PlannerTests",
      dependencies: [
        "Quantities", "CatalogModel", "CatalogStore", "SiteModel", "SiteStore", "Fabric",
        "PlanProblem", "Planner", "Audit", "AuditTestSupport", "BruteForce", "DialectTestSupport",
        "TenfoldTestSupport",
      ]),
    // Damaged site and catalogue files by the thousand; `scripts/full-check mutations` runs it.
    .executableTarget(
      name: "mutations",
      dependencies: [
        "Quantities", "SiteModel", "SiteStore", "CatalogStore", "TenfoldTestSupport",
      ], path: "Tests/Mutations"),
    // Runs the folder `Tests/Errors`.
    .testTarget(
      name: "ErrorsTests",
      dependencies: ["Quantities", "SiteStore", "CatalogStore", "TenfoldTestSupport"]),
    .testTarget(
      name: "OutputWriterTests", dependencies: ["Quantities", "Threads", "OutputWriter"]),
    .target(
      name: "AuditTestSupport",
      dependencies: [
        "Quantities", "CatalogModel", "SiteModel", "Fabric", "DialectTestSupport",
        "TenfoldTestSupport",
      ],
      path: "Tests/AuditTestSupport"),
    .testTarget(
      name: "AuditTests",
      dependencies: [
        "Quantities", "CatalogModel", "SiteModel", "Fabric", "Audit", "AuditTestSupport",
        "DialectTestSupport",
        "TenfoldTestSupport",
      ]),
    .target(
      name: "ReportTestSupport",
      dependencies: ["Quantities", "CatalogModel", "SiteModel", "Fabric", "Reports"],
      path: "Tests/ReportTestSupport"),
    .testTarget(
      name: "ReportsTests",
      dependencies: [
        "Quantities", "JSONText", "CatalogModel", "SiteModel", "Fabric", "Reports",
        "ReportTestSupport",
      ]),
    .testTarget(
      name: "SwitchConfigTests",
      dependencies: [
        "Quantities", "CatalogModel", "SiteModel", "Fabric", "TemplateText", "SwitchConfig",
        "DialectTestSupport", "PlanChecks", "TenfoldTestSupport",
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "ValidationHistoryTests",
      dependencies: ["Quantities", "Validation", "ValidationHistory"]),
    .testTarget(name: "JSONTextTests", dependencies: ["JSONText"]),
    .testTarget(
      name: "AgentTests",
      dependencies: [
        "Agent", "Quantities", "Evidence", "Transport", "Migration",
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "X509", package: "swift-certificates"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    .testTarget(
      name: "LabTests",
      dependencies: ["Quantities", "JSONText", "Fabric", "Lab", "TenfoldTestSupport"]),
    .testTarget(
      name: "ValidationTests",
      dependencies: [
        "Quantities", "Fabric", "Evidence", "Validation", "ValidationTestSupport",
        "TenfoldTestSupport",
      ]),
    // Damaged evidence by the thousand; `scripts/full-check evidence-mutations` runs it.
    .target(
      name: "EvidenceTestSupport",
      dependencies: ["Quantities", "JSONText", "Evidence", "TenfoldTestSupport"],
      path: "Tests/EvidenceTestSupport"),
    .testTarget(
      name: "EvidenceTests",
      dependencies: [
        "Quantities", "JSONText", "Evidence", "EvidenceTestSupport", "TenfoldTestSupport",
      ],
      exclude: ["Recorded"]),
    .target(
      name: "ValidationTestSupport",
      dependencies: [
        "Quantities", "JSONText", "CatalogModel", "SiteModel", "Fabric", "Evidence", "Validation",
        "TenfoldTestSupport",
      ], path: "Tests/ValidationTestSupport", swiftSettings: optimised),
    .testTarget(
      name: "HostConfigTests",
      dependencies: [
        "Quantities", "CatalogModel", "SiteModel", "Fabric", "TemplateText", "HostConfig",
        "PlanChecks", "TenfoldTestSupport",
      ],
      exclude: ["Golden"]),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "tenfold", "Quantities", "Fabric", "Reports", "Evidence", "Validation", "Agent",
        "Migration", "Forecast", "JSONText", "TenfoldTestSupport", "ReportTestSupport",
      ],
      exclude: ["Snapshots", "Strangers"]),
    // The formal model by enumeration, sharing nothing with the planner, and the comparison of both.
    .target(
      name: "BruteForce",
      dependencies: ["Quantities", "CatalogModel", "SiteModel", "TenfoldTestSupport"],
      path: "Tests/BruteForce",
      swiftSettings: optimised),
    .target(
      name: "OptimumComparison",
      dependencies: [
        "Quantities", "CatalogModel", "SiteModel", "PlanProblem", "Planner", "BruteForce",
        "DialectTestSupport",
      ],
      path: "Tests/OptimumComparison"),
    .executableTarget(
      name: "optimum-check", dependencies: ["BruteForce", "OptimumComparison"],
      path: "Tests/OptimumCheck"),
    // Long checks over the plans of examples and random sites, and the command that runs them for
    // scripts/full-check.
    .target(
      name: "PlanChecks",
      dependencies: [
        "Quantities", "CatalogModel", "CatalogStore", "SiteModel", "SiteStore", "Fabric",
        "PlanProblem", "Planner", "Audit", "TemplateText", "SwitchConfig", "HostConfig", "Reports",
        "AuditTestSupport", "DialectTestSupport", "EvidenceTestSupport", "ReportTestSupport",
        "ValidationTestSupport", "TenfoldTestSupport",
      ],
      path: "Tests/PlanChecks"),
    .testTarget(
      name: "PlanChecksTests",
      dependencies: ["CatalogModel", "Fabric", "PlanChecks", "TenfoldTestSupport", "tenfold"]),
    // The same of migrations.
    .executableTarget(
      name: "migration-checks",
      dependencies: ["Quantities", "Transport", "Migration", "MigrationTestSupport"],
      path: "Tests/MigrationChecks"),
    .executableTarget(
      name: "plan-checks", dependencies: ["PlanChecks", "Quantities"],
      path: "Tests/PlanChecksCommand"),
    .testTarget(
      name: "BruteForceTests",
      dependencies: [
        "Quantities", "CatalogModel", "SiteModel", "BruteForce", "OptimumComparison",
      ]),
  ],
  swiftLanguageModes: [.v6]
)
