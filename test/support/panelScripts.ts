import type { Metafile } from 'esbuild';

export interface PanelScripts {
  /** Bytes that are loaded before an incident can be seen. */
  readonly first: number;
  /** Bytes with all that comes on demand. */
  readonly all: number;
}

/** How large the panel's scripts are, from what its build tells of itself. */
export function panelScripts({ outputs }: Metafile): PanelScripts {
  const scripts = Object.entries(outputs).filter(([path]) => path.endsWith('.js'));
  const first = new Set<string>();
  const visit = (path: string): void => {
    if (first.has(path)) return;
    first.add(path);
    for (const { path: imported, kind } of outputs[path]?.imports ?? [])
      if (kind === 'import-statement') visit(imported);
  };
  for (const [path, { entryPoint }] of scripts) if (entryPoint === 'webview/main.ts') visit(path);
  const bytes = (paths: Iterable<string>): number =>
    [...paths].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  return { first: bytes(first), all: bytes(scripts.map(([path]) => path)) };
}
