/** Goldens named by the command they record. `UPDATE_GOLDEN=1 npx vitest run test/report` writes them anew. */
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';

const FOLDER = path.join(__dirname, '../golden');

export function expectGolden(name: string, text: string): void {
  const file = path.join(FOLDER, name);
  if (process.env.UPDATE_GOLDEN) fs.writeFileSync(file, text);
  const golden = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '';
  expect(text, `differs from test/golden/${name}; UPDATE_GOLDEN=1 rewrites it`).toBe(golden);
}
