import { runOnCurrentNode } from './bootstrap.mjs';

// `npm run screenshots` takes the README's pictures; `npm run screenshots -- panel [NAME…]` the panel in each of its
// states, themes and widths, to be looked at (NAME: a state, a theme or a width, to take only those); `-- animation` the README's animated one;
// `-- icon` makes the icon from its drawing.
const [what, ...names] = process.argv.slice(2);
if (what === 'panel') await runOnCurrentNode('../test/support/takePanelPictures.ts', names);
else if (what === 'animation') await runOnCurrentNode('../test/support/takeAnimation.ts', []);
else if (what === 'icon') await runOnCurrentNode('../test/support/takeIcon.ts', []);
else await runOnCurrentNode('../test/support/takeScreenshots.ts', process.argv.slice(2));
