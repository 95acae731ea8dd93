import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { commands } from '../../src/contributions.ts';
import { until } from '../support/until.ts';

/** Milliseconds: a debugger starts, on machines that are busy. */
const patience = 30_000;

/** The record of the open incident, as its user may read it. */
async function timeline(): Promise<string> {
  await vscode.commands.executeCommand(commands.showTimeline);
  const shown = vscode.workspace.textDocuments.find(({ uri }) => /timeline/i.test(uri.path));
  return shown?.getText() ?? vscode.window.activeTextEditor?.document.getText() ?? '';
}

async function untilRecorded(words: RegExp): Promise<void> {
  await until(`the record has ${String(words)}`, async () => words.test(await timeline()), patience);
}

describe('what the editor knows of an error', function () {
  this.timeout(3 * patience);
  let folder = '';
  const file = (name: string) => vscode.Uri.file(join(folder, name));

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'findings-'));
    await writeFile(file('pay.js').fsPath, 'function charge() {\n  throw new Error("no key is set");\n}\ncharge();\n');
    await writeFile(file('wait.js').fsPath, 'function waiting() {\n  debugger;\n}\nwaiting();\n');
    await vscode.commands.executeCommand(commands.startIncident);
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('is added from a problem, at its lightbulb', async () => {
    const problems = vscode.languages.createDiagnosticCollection('test');
    try {
      const range = new vscode.Range(1, 2, 1, 10);
      problems.set(file('pay.js'), [new vscode.Diagnostic(range, 'This always throws.')]);
      const document = await vscode.workspace.openTextDocument(file('pay.js'));
      const find = async (): Promise<vscode.CodeAction | undefined> => {
        const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
          'vscode.executeCodeActionProvider',
          document.uri,
          range,
        );
        return actions.find(({ title }) => title === 'Add to Incident');
      };
      await until('the lightbulb offers it', async () => (await find()) !== undefined, patience);
      const command = (await find())?.command;
      assert.ok(command);
      const given: readonly unknown[] = command.arguments ?? [];
      await vscode.commands.executeCommand(command.command, ...given);
      await untilRecorded(/Problem in .*pay\.js/);
    } finally {
      problems.dispose();
    }
  });

  it('is added from a failed test, with the suites it is in', async () => {
    const tests = vscode.tests.createTestController('test', 'Test');
    try {
      const suite = tests.createTestItem('suite', 'checkout', file('pay.js'));
      const test = tests.createTestItem('test', 'charges an order', file('pay.js'));
      suite.children.add(test);
      tests.items.add(suite);
      const message = vscode.TestMessage.diff('It did not charge.', '201', '500');
      await vscode.commands.executeCommand(commands.addTestFailure, { test, message });
      await untilRecorded(/Failed test: checkout .{1,5} charges an order/);
    } finally {
      tests.dispose();
    }
  });

  it('is added from the debug console, where the program died of it', async () => {
    const ended = new Promise<void>((resolve) => {
      const listener = vscode.debug.onDidTerminateDebugSession(({ parentSession }) => {
        if (parentSession !== undefined) return;
        listener.dispose();
        resolve();
      });
    });
    const program = file('pay.js').fsPath;
    assert.ok(await vscode.debug.startDebugging(undefined, { type: 'node', request: 'launch', name: 'Pay', program }));
    await ended;
    await vscode.commands.executeCommand(commands.addDebugOutput);
    await untilRecorded(/Debug console: Pay/);
  });

  it('is added from where the debugger has stopped', async () => {
    const program = file('wait.js').fsPath;
    assert.ok(await vscode.debug.startDebugging(undefined, { type: 'node', request: 'launch', name: 'Wait', program }));
    await until('the debugger has stopped', async () => vscode.debug.activeStackItem !== undefined, patience);
    await vscode.commands.executeCommand(commands.addException);
    await untilRecorded(/Stack of Wait|paused/i);
    await vscode.debug.stopDebugging();
  });

  it('is not taken from what is no problem, nor from a log that is not of this machine', async () => {
    for (const name of ['elsewhere.log', 'here.log']) await writeFile(file(name).fsPath, 'ERROR it failed\n');
    const elsewhere = file('elsewhere.log').with({ scheme: 'vscode-vfs', authority: 'github' });
    const problem = { path: 'a.js', line: 1, message: 'No problem of the editor', severity: 'error', related: 7 };
    // Not awaited: what is refused is told in a notice, which stays until somebody reads it.
    void vscode.commands.executeCommand(commands.addLogFile, elsewhere).then(undefined, () => undefined);
    void vscode.commands.executeCommand(commands.addProblems, [problem]).then(undefined, () => undefined);
    await vscode.commands.executeCommand(commands.addLogFile, file('here.log'));
    await untilRecorded(/here\.log, 1 line/);
    assert.doesNotMatch(await timeline(), /elsewhere\.log|No problem of the editor/);
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  });
});
