import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { openRepository } from '../../src/evidence/git.ts';
import { callersOfFix } from '../../src/investigation/fixCallers.ts';
import { languageServerCallers } from '../../src/vscode/languageServerCallers.ts';
import { harmless, IncidentBuilder } from '../support/incidents.ts';
import { records } from '../support/records.ts';
import { TemporaryRepository } from '../support/temporaryRepository.ts';

/** A language of nobody else's, so that only the providers of these tests answer. */
const language = 'plaintext';

describe('callers by a language server', function () {
  this.timeout(60_000);
  let repository: TemporaryRepository;
  const registered: vscode.Disposable[] = [];
  const at = (name: string): vscode.Uri => vscode.Uri.file(repository.path(name));
  const selector: vscode.DocumentFilter = { language, scheme: 'file' };

  before(async () => {
    repository = await TemporaryRepository.create();
    await repository.write('src/pay.js', 'function charge() {\n  return 1;\n}\n');
    await repository.commit('src/web.js', 'function checkout() {\n  return charge();\n}\n', 'first');
    const document = await vscode.workspace.openTextDocument(at('src/pay.js'));
    await vscode.window.showTextDocument(await vscode.languages.setTextDocumentLanguage(document, language));
  });
  afterEach(() => {
    for (const one of registered.splice(0)) one.dispose();
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await repository.remove();
  });

  /** What step 7 is told, with a language server that gets a second for each question. */
  async function told(timeLimitMs = 1_000): Promise<string> {
    const builder = new IncidentBuilder('x', 0);
    const run = builder.ask('fix');
    const edits = [{ path: 'src/pay.js', search: 'return 1;', replace: 'return 2;' }];
    builder.record(run, { ...records.fix, data: { ...records.fix.data, edits } }).end(run);
    const isInFolder = ({ fsPath }: vscode.Uri): boolean => fsPath.startsWith(repository.root);
    const found = await callersOfFix(
      builder.text(run, harmless('')).incident,
      {
        folders: () => [repository.root],
        languageServerCallers: (file, changed, signal) =>
          languageServerCallers(file, changed, signal, { isInFolder, timeLimitMs }),
      },
      (signal) => openRepository(repository.root, signal),
      AbortSignal.timeout(50_000),
    );
    return found?.text ?? '';
  }

  function item(uri: vscode.Uri, name: string, line: number): vscode.CallHierarchyItem {
    const range = new vscode.Range(line, 0, line, 10);
    return new vscode.CallHierarchyItem(vscode.SymbolKind.Function, name, '', uri, range, range);
  }

  it('are those of its call hierarchy, without places outside of the folders', async () => {
    registered.push(
      vscode.languages.registerCallHierarchyProvider(selector, {
        prepareCallHierarchy: (document) => item(document.uri, 'charge', 0),
        provideCallHierarchyIncomingCalls: () => [
          new vscode.CallHierarchyIncomingCall(item(at('src/web.js'), 'checkout', 0), [new vscode.Range(1, 9, 1, 15)]),
          new vscode.CallHierarchyIncomingCall(item(vscode.Uri.file('/elsewhere/lib.js'), 'lib', 0), [
            new vscode.Range(1, 9, 1, 15),
          ]),
        ],
        provideCallHierarchyOutgoingCalls: () => [],
      }),
    );
    const text = await told();
    assert.match(text, /^charge \(src\/pay\.js:1\), found by the language server:\n {2}.*src\/web\.js:2 in checkout$/);
  });

  it('are its references where it has no call hierarchy', async () => {
    registered.push(
      vscode.languages.registerReferenceProvider(selector, {
        provideReferences: ({ uri }) => [
          new vscode.Location(uri, new vscode.Range(0, 9, 0, 15)),
          new vscode.Location(at('src/web.js'), new vscode.Range(1, 9, 1, 15)),
        ],
      }),
    );
    assert.match(await told(), /found by the language server:\n {2}.*src\/web\.js:2$/);
  });

  it('are found by name where there is no language server', async () => {
    assert.match(
      await told(),
      /^charge \(src\/pay\.js:1\), found by its name:\n {2}src\/web\.js:2 in checkout: return charge\(\);$/,
    );
  });

  it('are found by name where it throws', async () => {
    registered.push(
      vscode.languages.registerReferenceProvider(selector, {
        provideReferences: () => {
          throw new Error('the server is gone');
        },
      }),
    );
    assert.match(await told(), /found by its name.*:\n {2}src\/web\.js:2 in checkout/);
  });

  it('are found by name where it does not answer in time, which is said', async () => {
    registered.push(
      vscode.languages.registerReferenceProvider(selector, { provideReferences: () => new Promise(() => undefined) }),
    );
    assert.match(
      await told(),
      /found by its name \(the language server did not answer in time\):\n {2}src\/web\.js:2 in checkout/,
    );
  });
});
