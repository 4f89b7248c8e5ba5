/**
 * Marks every style element that scripts of the page make with its nonce. Ant Design marks most of its own, but not those with which it
 * measures scroll bars and holds the page still behind a dialog.
 */
export function markStyleElements(nonce: string): void {
  const create = document.createElement.bind(document);
  document.createElement = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = create(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  };
}
