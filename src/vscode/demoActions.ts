import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Demo } from '../demo/demo.ts';
import { errorMessage } from '../model/failure.ts';
import type { Failure } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { withoutLinks } from '../wording.ts';
import { loadDemo } from './demoBundle.ts';
import type { DemoBundle } from './demoBundle.ts';
import { currentFolder, demoHere, rememberDemo } from './demoFolders.ts';
import type { Panel } from './panel.ts';
import type { Session } from './session.ts';

/** Git applies some thirty patches; on a slow disk that takes its time. Milliseconds. */
const makingLimit = 120_000;

/**
 * A demo incident, from what is installed alone: writes its service into a folder of its own, opens that folder, and
 * starts an incident there that recorded replies answer. Needs git, no key and no network.
 */
export class DemoActions {
  readonly #context: vscode.ExtensionContext;
  readonly #session: Session;
  readonly #panel: Panel;

  constructor(context: vscode.ExtensionContext, session: Session, panel: Panel) {
    this.#context = context;
    this.#session = session;
    this.#panel = panel;
  }

  async start(): Promise<Failure | undefined> {
    const loaded = await loadDemo(this.#context.extensionPath);
    if (!loaded.ok) return loaded.failure;
    const demo = await chooseDemo(loaded.value.demos);
    if (demo === undefined) return undefined;
    const usual = join(this.#context.globalStorageUri.fsPath, 'demo', demo.name);
    const place = await askForPlace(demo, usual);
    if (place === undefined) return undefined;
    const making = { location: vscode.ProgressLocation.Notification, title: t('Writing the demo incident…') };
    const failure = await vscode.window.withProgress(making, () => make(loaded.value, demo.name, place.folder, usual));
    if (failure !== undefined) return failure;
    const folder = { name: demo.name, title: t('Demo: {0}', demo.title), toBegin: true };
    await rememberDemo(this.#context.globalState, place.folder, folder);
    if (currentFolder() === place.folder) return this.begin();
    await vscode.commands.executeCommand('vscode.openFolder', vscode.Uri.file(place.folder), {
      forceNewWindow: place.newWindow,
      forceReuseWindow: !place.newWindow,
    });
    return undefined;
  }

  /** Starts the incident of the demo whose folder this window was opened on, once. */
  async begin(): Promise<Failure | undefined> {
    const demo = demoHere(this.#context.globalState);
    if (demo?.toBegin !== true) return undefined;
    const { folder, name, title } = demo;
    await rememberDemo(this.#context.globalState, folder, { name, title, toBegin: false });
    const started = await this.#session.start(demo);
    if (!started.ok) return started.failure;
    this.#panel.show();
    return undefined;
  }
}

async function chooseDemo(demos: readonly Demo[]): Promise<Demo | undefined> {
  const items = demos.map((demo) => ({ label: demo.title, detail: demo.description, demo }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Start Demo Incident'),
    placeHolder: t('Choose an incident. Recorded replies answer; nothing goes to the network.'),
    matchOnDetail: true,
    // Get Started takes the focus back when it ticks its step off, which would close the list as it opens.
    ignoreFocusOut: true,
  });
  return chosen?.demo;
}

interface Place {
  readonly folder: string;
  readonly newWindow: boolean;
}

/** Says what is about to be written and opened, and asks where. */
async function askForPlace({ name, title }: Demo, usual: string): Promise<Place | undefined> {
  const here = t('Open in This Window');
  const newWindow = t('Open in New Window');
  const other = t('Choose Folder…');
  const again = (await isEmpty(usual)) ? [] : [t('The copy of an earlier demo there is written anew.')];
  const answer = await vscode.window.showInformationMessage(
    withoutLinks(t('Start the demo “{0}”?', title)),
    {
      modal: true,
      detail: [
        t(
          'A small service with a real bug, its git history and its production logs is written to {0}, and opened.',
          usual,
        ),
        ...again,
        t(
          'Recorded replies answer all seven steps. They do not come from Claude, no key is needed, and nothing goes to the network.',
        ),
      ].join('\n\n'),
    },
    ...(currentFolder() === usual ? [here, other] : [here, newWindow, other]),
  );
  if (answer === undefined) return undefined;
  if (answer !== other) return { folder: usual, newWindow: answer === newWindow };
  const [parent] =
    (await vscode.window.showOpenDialog({
      title: t('Where the Demo Is Written'),
      openLabel: t('Write Here'),
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (parent === undefined) return undefined;
  return { folder: await unusedFolder(parent.fsPath, `demo-${name}`), newWindow: currentFolder() !== undefined };
}

/** Writes the demo. What was in the usual folder is ours and is made anew; any other folder is empty, or is refused. */
async function make(demo: DemoBundle, name: string, folder: string, usual: string): Promise<Failure | undefined> {
  try {
    if (folder === usual) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    await mkdir(folder, { recursive: true });
    await demo.makeDemo(name, folder, AbortSignal.timeout(makingLimit));
    return undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'noGit' };
    return { kind: 'unexpected', detail: t('the demo was not written to {0}: {1}', folder, errorMessage(error)) };
  }
}

async function unusedFolder(parent: string, name: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const folder = join(parent, number === 1 ? name : `${name}-${number}`);
    if (await isEmpty(folder)) return folder;
  }
}

/** Whether nothing is in a folder, or it is not there. */
async function isEmpty(folder: string): Promise<boolean> {
  return (await readdir(folder).catch(() => [])).length === 0;
}
