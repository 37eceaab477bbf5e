'use strict';
const { spawnSync } = require('node:child_process');
const module_ = require('node:module');
const path = require('node:path');

/**
 * Fills a compile cache with the code of the application and returns its folder, for NODE_COMPILE_CACHE.
 * Loads the application once in a process of its own: workers of this release find the cache full from the first on.
 */
function prepareCompileCache({ app, buildDir }) {
  if (!module_.enableCompileCache) {
    throw new Error(`Node ${process.version} has no compile cache: module.enableCompileCache() came with 22.1`);
  }
  const folder = path.join(buildDir, 'compile-cache');
  const env = { ...process.env, NODE_COMPILE_CACHE: folder };
  const { status, stderr } = spawnSync(process.execPath, [app], { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`the application does not load: ${stderr}`);
  return folder;
}

module.exports = { prepareCompileCache };
