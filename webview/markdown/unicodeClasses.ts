/**
 * What the parser takes from the package `uc.micro`, by the classes that a browser's expressions know: the package's
 * are lists of ranges. The bundle has this file in its place, see `scripts/webview-bundle.mjs`.
 */
export const P = /\p{P}/u;
export const S = /\p{S}/u;
