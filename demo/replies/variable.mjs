/**
 * A variable of step 4, with a command that shows whether it is set and never its value.
 *
 * @param {string} name
 * @param {string} neededBy
 * @param {'missing' | 'suspect' | 'fine' | 'unknown'} status
 * @param {string} reason
 */
export function variable(name, neededBy, status, reason) {
  return { name, neededBy, status, reason, verifyCommand: `printenv ${name} >/dev/null && echo set || echo missing` };
}
