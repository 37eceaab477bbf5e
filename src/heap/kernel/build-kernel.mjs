// Compiles the kernel and writes its bytes beside it: `node src/heap/kernel/build-kernel.mjs`.
// With --check compares instead, so that the committed bytes cannot drift from the source.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const at = (name) => fileURLToPath(new URL(name, import.meta.url));
const options = ['-O3', '--noAssert', '--runtime', 'stub'];
const kernels = {
  scan: ['--enable', 'simd', '--initialMemory', '64'],
  graph: [
    '--enable',
    'threads',
    '--importMemory',
    '--sharedMemory',
    '--initialMemory',
    '1',
    '--maximumMemory',
    '65536',
  ],
};

for (const [name, more] of Object.entries(kernels)) {
  // Without a type of its own its declaration would repeat the text.
  const module = `/** Compiled from assembly/${name}.ts by \`npm run build:kernel\`; do not edit. */
export const KERNEL_BASE64: string =
  '${Buffer.from(await compile(at(`assembly/${name}.ts`), more)).toString('base64')}';
`;
  const file = at(`${name}-wasm.ts`);
  if (!process.argv.includes('--check')) writeFileSync(file, module);
  else if (readFileSync(file, 'utf8') !== module) {
    console.error(`${name}-wasm.ts does not match assembly/${name}.ts: run npm run build:kernel`);
    process.exitCode = 1;
  }
}

async function compile(entry, more) {
  let bytes;
  const { error, stderr } = await asc.main([entry, ...options, ...more, '--outFile', 'kernel.wasm'], {
    readFile: (name) => (existsSync(name) ? readFileSync(name, 'utf8') : null),
    writeFile: (_name, contents) => {
      bytes = contents;
    },
    listFiles: () => [],
  });
  if (!error) return bytes;
  console.error(String(stderr));
  process.exit(1);
}
