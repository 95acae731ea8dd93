import { globSync, readFileSync, statSync } from 'node:fs';

/** Files are cut at this length, so that one bundle does not outweigh the rest. */
const longest = 120_000;

/**
 * Text that other people wrote and that holds no secret: the sources, styles, maps, documents and manifests of the installed
 * packages, and this repository's lock file. Every `step`-th file of a sorted list, so that the set is the same on each run.
 */
export function realText(step: number): { readonly path: string; readonly text: string }[] {
  const paths = globSync('node_modules/**/*.{js,mjs,cjs,ts,css,map,md,json,html,yml,yaml,xml,txt,sh,py,h,c,cc,gyp}', {
    exclude: (path: string) => /(?:^|\/)(?:vscode-server|\.cache|\.bin)$/.test(path),
  })
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
  return [...paths.filter((_, index) => index % step === 0), 'package-lock.json']
    .filter((path) => statSync(path).isFile())
    .map((path) => ({ path, text: readFileSync(path, 'utf8').slice(0, longest) }));
}
