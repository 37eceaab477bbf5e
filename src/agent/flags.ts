/** The flags that this process was started with: of NODE_OPTIONS first, since those of the command line override them. */
export function readFlags(): string[] {
  return [...(process.env.NODE_OPTIONS ?? '').split(/\s+/).filter(Boolean), ...process.execArgv];
}
