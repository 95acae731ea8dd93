import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import Module, { createRequire } from 'node:module';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import * as vscode from 'vscode';
import { until } from '../support/until.ts';

/** Milliseconds; some twenty times of what it takes here, for machines that are busy. */
const quick = 500;

const nothing = (): vscode.Disposable => new vscode.Disposable(() => undefined);

/** Node's way of loading a module, which the editor hooks into as well, to hand out `vscode`. */
const loader = Module as unknown as { _load: (request: string, ...more: readonly unknown[]) => unknown };

describe('extension', () => {
  const extension = () => {
    const found = vscode.extensions.getExtension('incident-panel.incident-panel');
    assert.ok(found, 'the editor does not know the extension');
    return found;
  };

  it('activates', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
  });

  it('activates at once, and without the network even where an incident is open', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'activation-'));
    const connections: unknown[] = [];
    const connect = Object.getOwnPropertyDescriptor(Socket.prototype, 'connect')?.value as (
      this: Socket,
      ...args: never[]
    ) => Socket;
    Socket.prototype.connect = function (this: Socket, ...args: never[]): Socket {
      connections.push(args);
      return connect.apply(this, args);
    };
    const context = contextIn(folder);
    const copy = await loadAnew(extension().extensionPath, folder);
    try {
      const started = performance.now();
      copy.activate(context);
      const took = performance.now() - started;
      const registered = context.subscriptions.length;
      assert.ok(registered > 5, 'nothing was registered');
      assert.ok(took < quick, `it took ${took} ms`);
      // The rest is loaded in the background: that must not reach out either.
      await until('the rest is there', async () => context.subscriptions.length > registered);
      await new Promise((resolve) => setTimeout(resolve, 300));
      assert.deepEqual(connections, []);
    } finally {
      copy.forget();
      Reflect.set(Socket.prototype, 'connect', connect);
      for (const each of context.subscriptions) each.dispose();
      await rm(folder, { recursive: true, force: true });
    }
  });
});

interface Copy {
  readonly activate: (context: Context) => void;
  readonly forget: () => void;
}

/**
 * A second copy of the built extension, for which what can be registered only once is registered nowhere. Its files are
 * copied: a script that is loaded by its path is the same for everybody who loads it, and must not be the copy's.
 */
async function loadAnew(extensionPath: string, folder: string): Promise<Copy> {
  const paths = ['extension.cjs', 'page.cjs', 'incident.cjs'].map((name) => join(folder, name));
  for (const path of paths) await cp(join(extensionPath, 'dist', basename(path)), path);
  const [extension = ''] = paths;
  const { _load: load } = loader;
  loader._load = (request, ...more) => (request === 'vscode' ? withoutRegistering() : load(request, ...more));
  const { activate } = createRequire(extension)(extension) as Pick<Copy, 'activate'>;
  return {
    activate,
    forget: () => {
      loader._load = load;
    },
  };
}

function withoutRegistering(): unknown {
  const tree = { onDidChangeCheckboxState: nothing, dispose: () => undefined };
  return {
    ...vscode,
    commands: over(vscode.commands, { registerCommand: nothing }),
    window: over(vscode.window, {
      registerWebviewPanelSerializer: nothing,
      registerTreeDataProvider: nothing,
      createTreeView: () => tree,
      // One of the same name would be the same one, and closed with the copy.
      createOutputChannel: (name: string) => vscode.window.createOutputChannel(`${name} (copy)`, { log: true }),
    }),
    workspace: over(vscode.workspace, { registerTextDocumentContentProvider: nothing }),
  };
}

/** The same with some functions in the place of others; what is asked of it (the active terminal …) stays up to date. */
function over(api: object, replaced: Readonly<Record<string, unknown>>): object {
  return new Proxy(
    {},
    { get: (_, name: string) => (name in replaced ? replaced[name] : (Reflect.get(api, name) as unknown)) },
  );
}

type Context = ReturnType<typeof contextIn>;

function contextIn(folder: string) {
  const secrets = new Map<string, string>();
  return {
    subscriptions: [] as vscode.Disposable[],
    extensionUri: extensionUri(),
    globalStorageUri: vscode.Uri.file(folder),
    workspaceState: { get: () => 'an incident that was deleted', update: async () => undefined },
    globalState: { get: () => undefined, update: async () => undefined },
    secrets: {
      get: async (key: string) => secrets.get(key),
      store: async (key: string, value: string) => void secrets.set(key, value),
      delete: async (key: string) => void secrets.delete(key),
      onDidChange: nothing,
    },
  };
}

function extensionUri(): vscode.Uri {
  return vscode.extensions.getExtension('incident-panel.incident-panel')?.extensionUri ?? vscode.Uri.file('/');
}
