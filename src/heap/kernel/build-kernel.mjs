// Compiles the kernel and writes its bytes beside it: `node src/heap/kernel/build-kernel.mjs`.
// With --check compares instead, so that the committed bytes cannot drift from the source.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const at = (name) => fileURLToPath(new URL(name, import.meta.url));
const options = ['-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--initialMemory', '64'];

let bytes;
const { error, stderr } = await asc.main([at('assembly/scan.ts'), ...options, '--outFile', 'scan.wasm'], {
  readFile: (name) => (existsSync(name) ? readFileSync(name, 'utf8') : null),
  writeFile: (_name, contents) => {
    bytes = contents;
  },
  listFiles: () => [],
});
if (error) {
  console.error(String(stderr));
  process.exit(1);
}

const module = `/** Compiled from assembly/scan.ts by \`npm run build:kernel\`; do not edit. */
export const KERNEL_BASE64 =
  '${Buffer.from(bytes).toString('base64')}';
`;
const file = at('scan-wasm.ts');
if (!process.argv.includes('--check')) writeFileSync(file, module);
else if (readFileSync(file, 'utf8') !== module) {
  console.error('scan-wasm.ts does not match assembly/scan.ts: run npm run build:kernel');
  process.exit(1);
}
