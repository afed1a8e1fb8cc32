/** Lets the browser save a text as a file. */
export function download(name, mediaType, text) {
  const address = URL.createObjectURL(new Blob([text], { type: mediaType }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000); // The browser may still be reading it.
}
