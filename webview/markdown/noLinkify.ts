/**
 * In the bundle in place of the package `linkify-it`, which the parser makes one of whether it is used or not: bare
 * addresses are read by `bareAddress.ts`. See `scripts/webview-bundle.mjs`.
 */
export class LinkifyIt {
  readonly isAbsent = true;
}
