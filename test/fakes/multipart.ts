/** A file that was sent as part of a form. */
export interface SentFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Whether a body is a form with files. */
export const isMultipart = (contentType: string | undefined): contentType is string =>
  contentType?.startsWith('multipart/form-data') ?? false;

/** The fields and files of a multipart body. */
export async function readMultipart(
  contentType: string,
  body: Uint8Array,
): Promise<{ fields: Record<string, string>; files: Record<string, SentFile> }> {
  const form = await new Response(new Uint8Array(body), { headers: { 'Content-Type': contentType } }).formData();
  const read = { fields: {} as Record<string, string>, files: {} as Record<string, SentFile> };
  for (const [key, value] of form) {
    if (typeof value === 'string') read.fields[key] = value;
    else read.files[key] = { name: value.name, type: value.type, bytes: new Uint8Array(await value.arrayBuffer()) };
  }
  return read;
}

/** By its first bytes. */
export const isPng = (bytes: Uint8Array): boolean =>
  Buffer.from(bytes.subarray(0, 8)).equals(Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]));
