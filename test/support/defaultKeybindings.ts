import assert from 'node:assert/strict';

/** A keyboard shortcut as a manifest has it, and as the editor lists it (there `key` alone, for its platform). */
export interface Keybinding {
  readonly key: string;
  readonly mac?: string;
  readonly command: string;
}

/** Every shortcut in the editor's own list of defaults. */
function listedKeybindings(text: string): readonly Keybinding[] {
  return [...text.matchAll(/\{ "key": "([^"]+)",\s+"command": "([^"]+)"/g)].map(([, key = '', command = '']) => ({
    key,
    command,
  }));
}

/**
 * Throws where one of our shortcuts is one of the editor's, begins one, or begins with a stroke that the editor acts upon
 * by itself.
 * @param text the editor's list of defaults
 */
export function assertNoCollision(own: readonly Keybinding[], text: string, isMac: boolean): void {
  const all = listedKeybindings(text);
  const others = all.filter(({ command }) => !command.startsWith('incidentPanel.'));
  assert.ok(others.length > 500, 'the list of default shortcuts was not read');
  for (const { key, mac, command } of own) {
    const ours = isMac ? (mac ?? key) : key;
    assert.ok(
      all.some((each) => each.command === command && each.key === ours),
      `${command} is not listed with ${ours}`,
    );
    const taken = others.filter((other) => other.key === ours || other.key.startsWith(`${ours} `));
    assert.deepEqual(taken, [], command);
    // A first stroke that the editor acts upon by itself would never wait for the second one.
    const [first] = ours.split(' ');
    const chords = others.filter((other) => other.key.startsWith(`${first ?? ours} `));
    assert.ok(chords.length > 10, `${first ?? ours} does not begin shortcuts of the editor`);
  }
}
