/** A project for each test of a file: new before it, gone with all its processes after it. */
import { afterEach, beforeEach } from 'vitest';
import { killRemaining } from './node-process';
import { createProject, type TestProject } from './project';

export function useProject(): TestProject {
  let current: TestProject;
  beforeEach(() => {
    current = createProject();
  });
  afterEach(() => {
    killRemaining();
    current.remove();
  });
  return {
    get root() {
      return current.root;
    },
    get dir() {
      return current.dir;
    },
    write: (name, text) => current.write(name, text),
    remove: () => current.remove(),
  };
}
