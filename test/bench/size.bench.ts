import { stat } from 'node:fs/promises';
import { build } from 'esbuild';
import { hostBundle } from '../../scripts/host-bundle.mjs';
import { smallTemplates, webviewBundle } from '../../scripts/webview-bundle.mjs';
import { packageVsix } from '../support/packagedVsix.ts';
import { panelScripts } from '../support/panelScripts.ts';
import type { BenchRow, RunBench } from './harness.ts';

/** The scripts as they are shipped. */
export const run: RunBench = async ({ smoke }) => {
  const common = {
    minify: true,
    bundle: true,
    write: false as const,
    outdir: '/',
    logLevel: 'silent' as const,
  };
  const host = await build({
    ...hostBundle,
    ...common,
  });
  const panel = await build({ ...webviewBundle, ...common, plugins: [smallTemplates], metafile: true });
  const { first, all } = panelScripts(panel.metafile);
  const kilobytes = (bytes: number): number => bytes / 1_000;
  return [
    {
      what: 'scripts of the extension host, minified, until the panel is open',
      ours: kilobytes(bytesOf(host.outputFiles.filter(({ path }) => !path.endsWith('redaction.cjs')))),
      unit: 'kB',
      goal: { kind: 'atMost', value: 1_000 },
    },
    {
      what: 'the same with the redactor, which is loaded with an incident',
      ours: kilobytes(bytesOf(host.outputFiles)),
      unit: 'kB',
      goal: { kind: 'atMost', value: 1_000 },
    },
    {
      what: 'script of the panel, before the first step is seen',
      ours: kilobytes(first),
      unit: 'kB',
      goal: { kind: 'atMost', value: 250 },
    },
    {
      what: 'script of the panel with all that comes on demand',
      ours: kilobytes(all),
      unit: 'kB',
      goal: { kind: 'atMost', value: 450 },
    },
    // A quick try has no time for the whole build.
    ...(smoke ? [] : [await vsixRow()]),
  ];
};

async function vsixRow(): Promise<BenchRow> {
  const { path, dispose } = await packageVsix();
  try {
    const { size } = await stat(path);
    return { what: 'VSIX', ours: size / 1_000, unit: 'kB', goal: { kind: 'atMost', value: 1_000 } };
  } finally {
    await dispose();
  }
}

function bytesOf(files: readonly { readonly contents: Uint8Array }[]): number {
  return files.reduce((total, { contents }) => total + contents.length, 0);
}
