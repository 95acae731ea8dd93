import * as vscode from 'vscode';
import { t } from '../model/l10n.ts';
import { filesPlace } from '../proof/testCommand/findTestPlan.ts';
import { array, maxLength, object, optional, safeParse, string } from '../model/schema.ts';
import type { Infer } from '../model/schema.ts';

const savedKey = 'incidentPanel.testCommand';

const savedSchema = object({
  test: string().check(maxLength(2_000)),
  suite: optional(string().check(maxLength(2_000))),
});

/** How the tests of this workspace are run, as the user said once. */
export type SavedTestCommand = Infer<typeof savedSchema>;

const agreedKey = 'incidentPanel.agreedCommands';
const agreedSchema = array(string());
/** Command lines that are remembered as agreed to, the latest ones. */
const maxAgreed = 50;

/** Commands of the workspace's tests: what the user said, and which were agreed to. Kept with the workspace. */
export class TestCommands {
  readonly #kept: vscode.Memento;

  constructor(kept: vscode.Memento) {
    this.#kept = kept;
  }

  get saved(): SavedTestCommand | undefined {
    const parsed = safeParse(savedSchema, this.#kept.get<unknown>(savedKey));
    return parsed.success ? parsed.data : undefined;
  }

  /** Asks for the commands; undefined where the user leaves it. An empty first one goes back to what is found. */
  async ask(proposed: SavedTestCommand): Promise<SavedTestCommand | undefined> {
    const test = await vscode.window.showInputBox({
      title: t('Command of the Test (1/2)'),
      prompt: t(
        'Runs the fix’s test in the scratch copy. {0} stands for the test’s files. Leave it empty to let the panel find it.',
        filesPlace,
      ),
      value: proposed.test,
      ignoreFocusOut: true,
    });
    if (test === undefined) return undefined;
    const suite =
      test.trim() === ''
        ? ''
        : await vscode.window.showInputBox({
            title: t('Command of the Whole Suite (2/2)'),
            prompt: t('Runs all tests after the fix’s own is green. Leave it empty where there is no other.'),
            value: proposed.suite ?? '',
            ignoreFocusOut: true,
          });
    if (suite === undefined) return undefined;
    const said: SavedTestCommand = { test: test.trim(), ...(suite.trim() === '' ? {} : { suite: suite.trim() }) };
    await this.#kept.update(savedKey, said.test === '' ? undefined : said);
    return said;
  }

  /** Whether these very lines were agreed to before in this workspace. */
  isAgreed(lines: readonly string[]): boolean {
    const agreed = this.#agreed();
    return lines.every((line) => agreed.includes(line));
  }

  async agree(lines: readonly string[]): Promise<void> {
    const others = this.#agreed().filter((line) => !lines.includes(line));
    await this.#kept.update(agreedKey, [...others, ...lines].slice(-maxAgreed));
  }

  #agreed(): readonly string[] {
    const parsed = safeParse(agreedSchema, this.#kept.get<unknown>(agreedKey));
    return parsed.success ? parsed.data : [];
  }
}
