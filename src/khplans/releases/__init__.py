"""Releases: immutable, versioned, verifiable. What a version of the data is and how it is made.

    releases/versions.json          every version, `newest` and `latest` apart
    releases/withdrawn.csv          version,reason,reason_en: versions people should no longer take (may be absent)
    releases/<version>/
      datapackage.json              the collection's descriptor, with `version`
      <table>.csv, <table>.parquet  at the paths that datapackage.json gives, bytes as in datapackages/khplans
      excel/<table>-excel.csv       the workbook's sheets for Excel: byte-order mark, CRLF, no cell runs as a formula
      excel/<table>-excel-vi.csv    the same for Vietnamese Excel: semicolons, decimal commas
      khplans-<version>.xlsx        for readers: a sheet a table, names instead of ids
      khplans-<version>.sqlite      for Datasette, DuckDB and the like: the tables, and views with names beside the ids
      khplans-<version>.zip         the whole folder but itself (its SHA256SUMS lacks its own line)
      plans/<plan-id>/              source text, plan.toml, corrections.csv: what `verify` rebuilds from
      gold/*.jsonl                  the answers that accuracy was measured against
      changes.json, changes.csv     row by row since the previous version, with reasons;
                                    none in the first release
      notes.vi.md, notes.en.md      the same for people
      accuracy.json, accuracy.csv   precision and recall by table, plan and field
      checks.json                   results of the checks
      provenance.json               code, lock file, plans, gold, tools: hashes and versions; no clock, no path
      sbom.cdx.json                 CycloneDX bill of materials made from the lock file
      release.json                  version, date, rows and content hash of each table, files and their sizes
      SHA256SUMS                    every file but itself; versions.json holds its hash

The version follows from what changed since the newest release (`versioning`); nothing changed
makes no release. Plain CSV keeps the original characters of every cell.
"""
