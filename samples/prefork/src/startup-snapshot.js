'use strict';
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const BUILDER = path.join(__dirname, 'build-snapshot.js');
/** Where the snapshot leaves the application that it holds. */
const SNAPSHOT_APPLICATION = Symbol.for('prefork.application');

/**
 * Builds a startup snapshot with the application loaded in it, and returns its file for --snapshot-blob.
 * A snapshot belongs to one build of Node: the file is named after it, and made anew at each start of the leader.
 */
function prepareSnapshot({ app, buildDir }) {
  fs.mkdirSync(buildDir, { recursive: true });
  const file = path.join(buildDir, `app-${process.version}-${process.arch}.blob`);
  const partial = `${file}.${process.pid}`;
  const args = ['--no-warnings', '--snapshot-blob', partial, '--build-snapshot', BUILDER, app];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`no startup snapshot of ${app} can be built: ${stderr}`);
  // Workers may be starting from the one of before.
  fs.renameSync(partial, file);
  return file;
}

/** The application this process was born with, undefined without a snapshot. */
function loadSnapshotApplication() {
  return globalThis[SNAPSHOT_APPLICATION];
}

module.exports = { SNAPSHOT_APPLICATION, prepareSnapshot, loadSnapshotApplication };
