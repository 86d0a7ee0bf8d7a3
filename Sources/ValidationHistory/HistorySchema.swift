import GRDB

/// The tables. Migrations are numbered and never edited: files of all versions are about.
enum HistorySchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1") { database in
      try database.execute(
        sql: """
          CREATE TABLE run (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            plan TEXT NOT NULL,
            plan_name TEXT NOT NULL,
            time INTEGER NOT NULL,
            evidence TEXT NOT NULL,
            verdict TEXT NOT NULL,
            hosts INTEGER NOT NULL,
            hosts_with_evidence INTEGER NOT NULL
          );
          CREATE INDEX run_plan ON run (plan, id);
          CREATE TABLE finding (
            run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            rule TEXT NOT NULL,
            severity TEXT NOT NULL,
            subject TEXT NOT NULL,
            message TEXT NOT NULL,
            expected TEXT NOT NULL,
            hint TEXT NOT NULL,
            PRIMARY KEY (run, place)
          ) WITHOUT ROWID;
          CREATE TABLE check_count (
            run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            pass INTEGER NOT NULL,
            fail INTEGER NOT NULL,
            skipped INTEGER NOT NULL,
            unknown INTEGER NOT NULL,
            PRIMARY KEY (run, name)
          ) WITHOUT ROWID;
          CREATE TABLE link (
            run INTEGER NOT NULL REFERENCES run (id) ON DELETE CASCADE,
            host TEXT NOT NULL,
            port TEXT NOT NULL,
            cable TEXT NOT NULL,
            rate INTEGER,
            errors INTEGER,
            drops INTEGER,
            packets INTEGER,
            PRIMARY KEY (run, host, port)
          ) WITHOUT ROWID;
          CREATE INDEX link_place ON link (host, port, run);
          """)
    }
    return migrator
  }
}
