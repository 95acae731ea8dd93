import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { PanelPage } from '../support/incidentWindow.ts';
import { TemporaryRepository } from '../support/temporaryRepository.ts';
import { useWorkbench } from '../support/use-workbench.ts';

/** Milliseconds: a terminal, a list of files and git's blame, on machines that are busy. */
const patience = 60_000;

describe('a stack trace of a terminal, in a window with two folders', function () {
  this.timeout(4 * patience);
  let repository: TemporaryRepository;
  const workbench = useWorkbench(async () => {
    repository = await TemporaryRepository.create();
    const folders = ['shop', 'lib'].map((path) => ({ path }));
    for (const { path } of folders) await mkdir(repository.path(path));
    await repository.write('shop/src/index.js', '//\n');
    await repository.write('lib/src/index.js', '//\n');
    await repository.write('shop/src/pay.js', "const charge = require('../../lib/src/charge.js');\ncharge({});\n");
    await repository.commit(
      'lib/src/charge.js',
      'module.exports = function charge(order) {\n  return order.lines.length;\n};\n',
      'Count the lines of an order',
    );
    await repository.commit('shop/notes.txt', 'x\n', 'Notes');
    await repository.write('two.code-workspace', JSON.stringify({ folders }));
    return {
      folder: repository.path('two.code-workspace'),
      env: {},
      // A terminal of a window with several folders asks in which one it is to be opened, unless it is told.
      settings: { 'terminal.integrated.cwd': repository.root },
      viewport: { width: 1400, height: 1000 },
    };
  });
  after(() => repository.remove());
  const panel = (): PanelPage => new PanelPage(workbench());

  it('proposes the file that throws, in the second folder, and its caller in the first', async () => {
    await panel().open();
    await workbench().runInTerminal('node shop/src/pay.js');
    const rows = workbench().page.locator('.terminal-wrapper.active .xterm-rows');
    await rows
      .getByText(/Cannot read properties of undefined/)
      .first()
      .waitFor({ timeout: patience });
    await panel()
      .step(1)
      .getByText('Terminal: the output of its last command can be read.')
      .waitFor({ timeout: patience });
    await workbench().command('Incident: Add Terminal Output as Evidence');
    const step = await panel().unfold(2);
    const proposed = step.getByRole('list', { name: 'Proposed from the evidence, without Claude' });
    const origin = proposed.getByRole('listitem').filter({ hasText: 'lib/src/charge.js:2' });
    await origin.getByText(/the topmost frame of your own code of/).waitFor({ timeout: patience });
    await proposed.getByRole('listitem').filter({ hasText: 'shop/src/pay.js:2' }).waitFor();
  });

  it('makes it a suspect with one click', async () => {
    const step = await panel().unfold(2);
    await step.getByRole('button', { name: 'Accept lib/src/charge.js as origin' }).click();
    await step.getByRole('heading', { name: 'Suspects (1/3)' }).waitFor();
    const role = step.getByRole('combobox', { name: 'Role of lib/src/charge.js' });
    await role.waitFor();
    assert.equal(await role.inputValue(), 'origin');
  });

  it('shows who wrote the failing line, and opens that commit’s diff', async () => {
    const step = await panel().unfold(5);
    const history = step.getByRole('list', { name: 'History of the failing lines' });
    const commit = history.getByRole('listitem').filter({ hasText: 'Count the lines of an order' });
    await commit.first().waitFor({ timeout: patience });
    await history
      .getByRole('button', { name: /^Open Diff of / })
      .first()
      .click();
    await workbench()
      .page.getByRole('tab', { name: /^Commit [0-9a-f]{7}/ })
      .first()
      .waitFor({ timeout: patience });
  });

  it('lists the candidates of a frame that fits in both folders', async () => {
    await panel().open();
    await panel().addErrorText('RangeError: x\n    at start (/app/src/index.js:1:2)');
    const step = await panel().unfold(2);
    await step
      .getByText(/2 files fit equally well/)
      .first()
      .waitFor({ timeout: patience });
    for (const name of ['lib/src/index.js:1', 'shop/src/index.js:1'])
      await step.getByRole('button', { name, exact: true }).first().waitFor();
  });
});
