import js from '@eslint/js';
import tseslint from 'typescript-eslint';

/** What each room may not import: the arrows of the house, checked while typing (test/unit/house.test.ts checks them too). */
const noEditor = { group: ['vscode'], message: 'Only src/vscode and src/extension.ts touch the editor.' };
/** @type {(name: string) => import('eslint').Linter.Config[]} */
const stage = (name) => [
  { files: [`src/${name}/*.ts`], rules: reachNoFurther(name, '\\.\\./') },
  { files: [`src/${name}/*/*.ts`], rules: reachNoFurther(name, '\\.\\./\\.\\./') },
];
/** @type {(name: string, up: string) => import('eslint').Linter.RulesRecord} */
const reachNoFurther = (name, up) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        noEditor,
        { regex: `^${up}(?!model/)`, message: `A stage imports the model and itself; src/${name} reached further.` },
      ],
    },
  ],
});

export default tseslint.config(
  { ignores: ['dist', 'dist-test', '.vscode-test', 'demo/incidents', 'test/fixtures', 'node_modules'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['src/tsconfig.json', 'webview/tsconfig.json', 'test/tsconfig.json', 'scripts/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'max-lines': ['error', { max: 400 }],
      'no-console': 'error',
      eqeqeq: 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector:
            ':matches(PropertyDefinition, MethodDefinition[kind!="constructor"], TSParameterProperty)[accessibility="private"]',
          message: 'What is private is written #name: nobody reaches it at run time, and the build shortens it.',
        },
      ],
    },
  },
  ...['model', 'evidence', 'redaction', 'prompt', 'claude', 'incident', 'fix'].flatMap(stage),
  {
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['scripts/**', 'demo/**', 'test/support/**'], rules: { 'no-console': 'off' } },
  { files: ['test/bench/peers/**'], languageOptions: { globals: { document: 'readonly', performance: 'readonly' } } },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly', setTimeout: 'readonly' } },
  },
);
