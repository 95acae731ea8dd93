import { firstTest, foldersAbove, from, inFolder } from './plan.ts';
import type { Project, TestPlan } from './plan.ts';
import { shellWords } from './shellWords.ts';

export const pythonFiles = /\.py$/;

const markers = [
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'tox.ini',
  'pytest.ini',
  'noxfile.py',
  'manage.py',
  'requirements.txt',
  'Pipfile',
];
const environments = ['.venv', 'venv', 'env'];

/**
 * Python projects: pytest where the project or the test says so, Django's own runner where there is a `manage.py`, tox
 * where it alone knows, nox likewise,
 * otherwise unittest; with the project's virtual environment, or through uv, Poetry, PDM, Pipenv or Hatch.
 */
export async function findPython(project: Project): Promise<TestPlan | undefined> {
  const { files, tests, platform } = project;
  const test = firstTest(project);
  const folders = foldersAbove(test.path);
  const listed = new Map<string, readonly string[]>();
  for (const folder of folders) listed.set(folder, await files.names(folder));
  const folder = folders.find((each) => listed.get(each)?.some((name) => markers.includes(name))) ?? '';
  const names = listed.get(folder) ?? [];
  const paths = tests
    .filter(({ path }) => folder === '' || path.startsWith(`${folder}/`))
    .map(({ path }) => from(folder, path));
  const words = shellWords(paths, platform);
  if (words === undefined) return undefined;
  const foundIn = markers.find((name) => names.includes(name));
  const found = foundIn === undefined ? {} : { foundIn: inFolder(folder, foundIn) };
  const python = await interpreter(project, folders, listed, folder);
  const settings = await settingsText(project, folder, names);
  if (names.includes('manage.py') && !/pytest/.test(settings)) {
    const line = `${python} manage.py test`;
    const modules = shellWords(paths.map(moduleOf), platform);
    return modules === undefined
      ? undefined
      : { folder, test: `${line} ${modules}`, suite: line, runner: 'django', ...found };
  }
  if (
    usesPytest(
      settings,
      names,
      listed,
      tests.map(({ text }) => text),
    )
  ) {
    const line = `${python} -m pytest`;
    return { folder, test: `${line} ${words}`, suite: line, runner: 'pytest', ...found };
  }
  if (names.includes('tox.ini') && /\{posargs/.test(settings)) {
    return { folder, test: `tox -q -- ${words}`, suite: 'tox -q', runner: 'tox', ...found };
  }
  if (names.includes('noxfile.py') && /\bposargs\b/.test((await files.read(inFolder(folder, 'noxfile.py'))) ?? '')) {
    return { folder, test: `nox -- ${words}`, suite: 'nox', runner: 'nox', ...found };
  }
  const line = `${python} -m unittest`;
  // Files are named as modules, which must be importable by their names.
  if (!paths.every((path) => /^[\w/]+\.py$/.test(path))) return undefined;
  const start = paths[0]?.split('/')[0];
  const isPackage = start !== undefined && (await files.names(inFolder(folder, start))).includes('__init__.py');
  const suite =
    start === undefined || !paths[0]?.includes('/') || isPackage ? `${line} discover` : `${line} discover -s ${start}`;
  return { folder, test: `${line} ${words}`, suite, runner: 'unittest', ...found };
}

/** How Python is started: the environment in the project, the tool that keeps one, or the system's. */
async function interpreter(
  { files, platform }: Project,
  folders: readonly string[],
  listed: ReadonlyMap<string, readonly string[]>,
  folder: string,
): Promise<string> {
  for (const each of folders) {
    for (const name of environments) {
      if (listed.get(each)?.includes(name) !== true) continue;
      const program = platform === 'win32' ? 'Scripts/python.exe' : 'bin/python';
      const holder = await files.names(inFolder(inFolder(each, name), platform === 'win32' ? 'Scripts' : 'bin'));
      if (!holder.includes(platform === 'win32' ? 'python.exe' : 'python')) continue;
      const path = `${wayTo(folder, each)}${name}/${program}`;
      return platform === 'win32' ? path.replaceAll('/', '\\') : path;
    }
  }
  const names = folders.flatMap((each) => listed.get(each) ?? []);
  // Nothing is installed on the way: that would ask the network and change the user's environment.
  if (names.includes('uv.lock')) return 'uv run --no-sync python';
  if (names.includes('poetry.lock')) return 'poetry run python';
  if (names.includes('pdm.lock')) return 'pdm run python';
  if (names.includes('Pipfile.lock')) return 'pipenv run python';
  const settings = (await files.read(inFolder(folder, 'pyproject.toml'))) ?? '';
  if (names.includes('hatch.toml') || /^\[tool\.hatch\.envs\b/m.test(settings)) return 'hatch run python';
  return platform === 'win32' ? 'py -3' : 'python3';
}

async function settingsText({ files }: Project, folder: string, names: readonly string[]): Promise<string> {
  const wanted = names.filter((name) =>
    /^(?:pyproject\.toml|setup\.cfg|setup\.py|tox\.ini|Pipfile|requirements[\w.-]*\.txt)$/.test(name),
  );
  const texts: string[] = [];
  for (const name of wanted) texts.push((await files.read(inFolder(folder, name))) ?? '');
  return texts.join('\n');
}

function usesPytest(
  settings: string,
  names: readonly string[],
  listed: ReadonlyMap<string, readonly string[]>,
  texts: readonly string[],
): boolean {
  if (/\bpytest\b/.test(settings) || names.includes('pytest.ini')) return true;
  if ([...listed.values()].some((each) => each.includes('conftest.py'))) return true;
  return texts.some(
    (text) =>
      /^\s*(?:import|from) pytest\b/m.test(text) || (/^(?:async )?def test_/m.test(text) && !/unittest/.test(text)),
  );
}

function moduleOf(path: string): string {
  return path.replace(/\.py$/, '').replaceAll('/', '.');
}

/** From a folder to one at, above or below it; empty or ending in a slash. */
function wayTo(here: string, there: string): string {
  if (here === there) return '';
  if (here === '' || there.startsWith(`${here}/`)) return `${from(here, there)}/`;
  return '../'.repeat(from(there, here).split('/').length);
}
