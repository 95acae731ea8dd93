import * as vscode from 'vscode';
import { problemsEvidence, testFailureEvidence } from '../evidence/editorFindings.ts';
import type { Problem } from '../evidence/editorFindings.ts';
import { commands } from '../contributions.ts';
import type { CollectedEvidence } from '../model/evidence.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import { property } from '../model/property.ts';
import type { Session } from './session.ts';
import { knownFile } from './workspaceFiles.ts';

/**
 * The problems of the window: those that are given, or those that the user chooses. Undefined where they chose none. The
 * list of problems has no menu that an extension could add to, so a lightbulb and the palette lead here.
 */
export async function collectProblems(given: unknown): Promise<Result<CollectedEvidence> | undefined> {
  if (Array.isArray(given) && given.every(isProblem)) return succeed(problemsEvidence(given));
  const all = vscode.languages
    .getDiagnostics()
    .filter(([uri]) => uri.scheme === 'file')
    .flatMap(([uri, found]) => found.map((one) => problemOf(uri, one)));
  if (all.length === 0) return fail({ kind: 'nothingThere', what: 'problems' });
  const ranks = ['error', 'warning', 'information', 'hint'];
  const items = all
    .toSorted((one, other) => ranks.indexOf(one.severity) - ranks.indexOf(other.severity))
    .slice(0, 1_000)
    .map((problem) => ({
      label: `${icons[problem.severity]} ${asLabel(problem.message.split('\n', 1)[0] ?? '')}`,
      description: `${asLabel(problem.path)}:${problem.line}`,
      picked: problem.severity === 'error',
      problem,
    }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: t('Add Problems as Evidence'),
    placeHolder: t('Choose the problems that belong to the incident'),
    canPickMany: true,
    matchOnDescription: true,
  });
  if (chosen === undefined || chosen.length === 0) return undefined;
  return succeed(problemsEvidence(chosen.map(({ problem }) => problem)));
}

/** A test's failure, as the menus of the test explorer and of the test results give it. */
export function collectTestFailure(given: unknown): Result<CollectedEvidence> {
  const test = property(given, 'test') ?? given;
  const message = property(given, 'message');
  const name = property(test, 'label');
  const words = textOf(property(message, 'message')) ?? textOf(property(test, 'error'));
  if (typeof name !== 'string') return fail({ kind: 'nothingThere', what: 'testFailure' });
  const location = property(message, 'location');
  const range = property(location, 'range') ?? property(test, 'range');
  const uri = property(location, 'uri') ?? property(test, 'uri');
  const expected = property(message, 'expectedOutput');
  const actual = property(message, 'actualOutput');
  const stack = property(message, 'stackTrace');
  return succeed(
    testFailureEvidence({
      name: [...parentsOf(test), name].join(' > '),
      message: words ?? t('No message is known of this test; its place is given.'),
      ...(uri instanceof vscode.Uri ? { place: placeOf(uri, range) } : {}),
      ...(typeof expected === 'string' ? { expected } : {}),
      ...(typeof actual === 'string' ? { actual } : {}),
      frames: Array.isArray(stack) ? stack.flatMap((frame: unknown) => frameOf(frame)) : [],
    }),
  );
}

/** Offers *Add to Incident* at the lightbulb of a problem, while an incident is open. */
export function registerProblemActions(session: Session): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { scheme: 'file' },
    {
      provideCodeActions(document, _range, { diagnostics }) {
        if (session.investigation === undefined || diagnostics.length === 0) return [];
        const action = new vscode.CodeAction(t('Add to Incident'), vscode.CodeActionKind.QuickFix);
        const problems = diagnostics.map((one) => problemOf(document.uri, one));
        action.command = { command: commands.addProblems, title: t('Add to Incident'), arguments: [problems] };
        action.diagnostics = [...diagnostics];
        return [action];
      },
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}

const severities = ['error', 'warning', 'information', 'hint'] as const;
const icons: Readonly<Record<Problem['severity'], string>> = {
  error: '$(error)',
  warning: '$(warning)',
  information: '$(info)',
  hint: '$(lightbulb)',
};

function problemOf(uri: vscode.Uri, diagnostic: vscode.Diagnostic): Problem {
  const { message, severity, source, code, relatedInformation = [] } = diagnostic;
  const name = typeof code === 'object' ? code.value : code;
  return {
    ...placeOf(uri, diagnostic.range),
    severity: severities[severity],
    message,
    ...(source === undefined ? {} : { source }),
    ...(name === undefined ? {} : { code: String(name) }),
    related: relatedInformation.map((one) => ({
      ...placeOf(one.location.uri, one.location.range),
      message: one.message,
    })),
  };
}

function placeOf(uri: vscode.Uri, range: unknown): { path: string; line: number; column: number } {
  const start = range instanceof vscode.Range ? range.start : new vscode.Position(0, 0);
  return { path: knownFile(uri).path, line: start.line + 1, column: start.character + 1 };
}

function frameOf(frame: unknown): { name: string; place?: { path: string; line: number; column: number } }[] {
  const name = property(frame, 'label');
  const uri = property(frame, 'uri');
  const position = property(frame, 'position');
  if (typeof name !== 'string') return [];
  if (!(uri instanceof vscode.Uri) || !(position instanceof vscode.Position)) return [{ name }];
  return [{ name, place: placeOf(uri, new vscode.Range(position, position)) }];
}

/** Labels of the suites that a test is in, the outermost first. Bounded, since another extension made them. */
function parentsOf(test: unknown): readonly string[] {
  const names: string[] = [];
  let parent = property(test, 'parent');
  for (let depth = 0; depth < 20 && parent !== undefined; depth += 1) {
    const name = property(parent, 'label');
    if (typeof name === 'string') names.unshift(name);
    parent = property(parent, 'parent');
  }
  return names;
}

function textOf(message: unknown): string | undefined {
  if (typeof message === 'string') return message;
  const markdown = property(message, 'value');
  return typeof markdown === 'string' ? markdown : undefined;
}

function isProblem(value: unknown): value is Problem {
  const line = property(value, 'line');
  const severity = property(value, 'severity');
  return (
    typeof property(value, 'path') === 'string' &&
    typeof line === 'number' &&
    typeof property(value, 'message') === 'string' &&
    [property(value, 'related') ?? []].every((related) => Array.isArray(related)) &&
    severities.some((known) => known === severity)
  );
}
