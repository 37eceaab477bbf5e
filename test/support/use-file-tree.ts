/** An empty folder for each test of a file, to be filled with what a kernel would show; gone after the test. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach } from 'vitest';

export interface FileTree {
  readonly root: string;
  /** Writes files: path below the root -> content, a line end follows. */
  lay(files: Record<string, string>): void;
}

export function useFileTree(): FileTree {
  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'heapdiff-test-'));
  });
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));
  return {
    get root() {
      return root;
    },
    lay(files) {
      for (const [name, content] of Object.entries(files)) {
        const file = path.join(root, name);
        fs.mkdirSync(path.dirname(file), { recursive: true });
        fs.writeFileSync(file, `${content}\n`);
      }
    },
  };
}
