/**
 * Node's permission model: which flags the agent needs, and what to say where they are missing. `--allow-fs-write=/dir`
 * does not cover what is in `/dir`; `/dir/*` covers both.
 */
import path from 'node:path';

interface Permission {
  has(scope: string, reference?: string): boolean;
}

/** What to do about a denied access; `permission` and `resource` as ERR_ACCESS_DENIED has them. */
export function adviseAccess(permission: string | undefined, folder: string): string {
  if (permission === 'FileSystemWrite') return `Start Node with ${fileFlag('write', folder)}.`;
  if (permission === 'FileSystemRead') return `Start Node with ${fileFlag('read', folder)}.`;
  return inspectorCanBeAllowed()
    ? 'Start Node with --allow-inspector.'
    : `This version has no flag to allow it: start Node without ${modelFlag()}.`;
}

/** One line that names everything a session in `dir` would fail for; null where nothing is missing. */
export function describeMissing(dir: string): string | null {
  const { permission } = process as { permission?: Permission };
  if (!permission) return null;
  const inside = path.join(dir, 'session');
  const flags: string[] = [];
  if (!permission.has('fs.read', inside)) flags.push(fileFlag('read', dir));
  if (!permission.has('fs.write', inside)) flags.push(fileFlag('write', dir));
  const inspects = permission.has('inspector');
  if (!inspects && !inspectorCanBeAllowed()) {
    return `Node's permission model forbids the inspector, and this version has no flag to allow it: nothing can be captured under ${modelFlag()}`;
  }
  if (!inspects) flags.push('--allow-inspector');
  if (flags.length === 0) return null;
  return `Node's permission model forbids what a session needs. Start Node with ${flags.join(' ')}`;
}

function fileFlag(access: 'read' | 'write', folder: string): string {
  return `--allow-fs-${access}=${path.join(folder, '*')}`;
}

/** From Node 24 on. */
function inspectorCanBeAllowed(): boolean {
  return process.allowedNodeEnvironmentFlags.has('--allow-inspector');
}

function modelFlag(): string {
  return process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
}
