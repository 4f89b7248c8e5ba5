import { UnreadableAnswer } from './outcome.ts';

/** The only headers sent: the client library would add the system's name and version, and whatever the environment tells it to. */
const SENT = ['accept', 'authorization', 'content-type'];

/**
 * A `fetch` for one endpoint: no redirects (they would carry question and key to another host), few headers, answers of bounded size.
 * @throws {UnreadableAnswer} from the body, when it is larger than `maxBytes`
 */
export function guardedFetch({ hasKey, maxBytes }: { readonly hasKey: boolean; readonly maxBytes: number }): typeof fetch {
  return async (input, init) => {
    const given = new Headers(init?.headers);
    const headers = new Headers();
    for (const name of SENT) {
      const value = given.get(name);
      if (value !== null && (hasKey || name !== 'authorization')) headers.set(name, value);
    }
    const response = await fetch(input, { ...init, headers, redirect: 'error' });
    if (!response.body) return response;
    const { status, statusText } = response;
    return new Response(response.body.pipeThrough(limited(maxBytes)), { status, statusText, headers: response.headers });
  };
}

function limited(maxBytes: number): TransformStream<Uint8Array, Uint8Array> {
  let seen = 0;
  return new TransformStream({
    transform(chunk, controller) {
      seen += chunk.byteLength;
      if (seen > maxBytes) controller.error(new UnreadableAnswer(`an answer of at most ${maxBytes} bytes`));
      else controller.enqueue(chunk);
    },
  });
}
