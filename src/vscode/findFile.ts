import { relative, sep } from 'node:path';
import * as vscode from 'vscode';
import { resolveWorkspacePath } from '../evidence/workspacePath.ts';
import type { WorkspaceFile } from '../evidence/workspacePath.ts';
import { fail, succeed } from '../model/failure.ts';
import type { Result } from '../model/failure.ts';
import { t } from '../model/l10n.ts';
import { asLabel } from '../model/label.ts';
import { folderPaths } from './workspaceFiles.ts';

/** More files of one name than this are not told apart by a person either. */
const maxFiles = 500;

/**
 * The file of the workspace that a written path means (a reply's `payment.js:47`, a trace's `/app/src/payment.js`).
 * Where several fit, the user chooses. Never one outside the open folders.
 */
export async function findFile(written: string): Promise<Result<vscode.Uri>> {
  const roots = folderPaths();
  if (roots.length === 0) return fail({ kind: 'noFolder' });
  const meant = await resolveWorkspacePath(
    written,
    { roots, filesNamed: (name) => filesNamed(name, roots) },
    AbortSignal.timeout(10_000),
  );
  switch (meant.kind) {
    case 'found':
      return succeed(uriOf(meant.file));
    case 'ambiguous': {
      const items = meant.candidates.map((file) => ({
        label: asLabel(file.path),
        description: asLabel(file.root),
        file,
      }));
      const chosen = await vscode.window.showQuickPick(items, {
        title: t('Which file is {0}?', asLabel(written)),
        matchOnDescription: true,
      });
      return chosen === undefined ? fail({ kind: 'cancelled' }) : succeed(uriOf(chosen.file));
    }
    case 'unknown':
      return fail({ kind: 'fileMissing', path: written });
  }
}

function uriOf({ root, path }: WorkspaceFile): vscode.Uri {
  return vscode.Uri.joinPath(vscode.Uri.file(root), path);
}

async function filesNamed(name: string, roots: readonly string[]): Promise<readonly WorkspaceFile[]> {
  const pattern = `**/${name.replace(/[\\[\]{}*?!]/g, '?')}`;
  const uris = await vscode.workspace.findFiles(pattern, '**/{node_modules,.git}/**', maxFiles);
  return uris.flatMap(({ fsPath }) => {
    const root = roots.find((one) => fsPath.startsWith(one + sep));
    return root === undefined ? [] : [{ root, path: relative(root, fsPath).replaceAll(sep, '/') }];
  });
}
