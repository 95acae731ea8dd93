/** The examples of the CommonMark specification; the package brings no types. Tabs are written as arrows. */
declare module 'commonmark-spec' {
  interface Example {
    readonly markdown: string;
    readonly html: string;
    readonly section: string;
    readonly number: number;
  }
  const commonmark: { readonly tests: readonly Example[]; readonly text: string };
  export default commonmark;
}
