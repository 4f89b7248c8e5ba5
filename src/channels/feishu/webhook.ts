import type { KeyObject } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import { AppError } from '../../domain/errors.ts';
import type { Log } from '../../domain/log.ts';
import type { Receive } from '../channel.ts';
import { toastFor } from './card-answer.ts';
import { type DecodeContext, decodeEvent } from './decode.ts';
import { isRecord, recordOf } from './json.ts';
import { readRawBody } from './raw-body.ts';
import { bodyKey, decodeUtf8, decrypt, isSignedWith, isTimely, secretCheck, type SignatureHeaders } from './signature.ts';

/** Events are a few kilobytes; a message's text is at most 150. */
const MAX_BODY_BYTES = 512 * 1024;

/** Where authentic messages go. */
export interface Intake {
  readonly receive: Receive;
  readonly context: DecodeContext;
}

export interface WebhookOptions {
  readonly appId: string;
  readonly encryptKey: string;
  readonly verificationToken: string;
  readonly log: Log;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Null before the channel has started and after it has stopped. */
  readonly intake: () => Intake | null;
}

/**
 * Takes the platform's callbacks. Every callback must be encrypted and, except the address check, signed over its very bytes; it must carry our
 * verification token and app id. A message is stored before 200 is answered; any other status makes the platform push it again.
 *
 * | answer | when |
 * |---|---|
 * | 200 | stored, or nothing for us |
 * | 400 | not JSON, or signed but not decryptable |
 * | 401 | not encrypted, not signed, signed with another key or too long ago |
 * | 403 | another verification token or app |
 * | 413 | beyond 512 KiB |
 * | 500 | not stored |
 * | 503 | the channel is not started |
 */
export function feishuWebhook(options: WebhookOptions): RequestHandler {
  const authenticate = createGate(options);
  return async (request, response) => {
    try {
      say(response, 200, await answer(request, authenticate, options));
    } catch (error) {
      refuse(request, response, error, options.log);
    }
  };
}

/** Without what Express does for pages (entity tags, content negotiation): platforms look at nothing but this. */
function say(response: Response, status: number, body: object): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}

type Payload = Readonly<Record<string, unknown>>;

async function answer(
  request: Request,
  authenticate: (body: Buffer, signature: SignatureHeaders | null) => Payload,
  options: WebhookOptions,
): Promise<object> {
  const payload = authenticate(await readRawBody(request, MAX_BODY_BYTES), readSignature(request));
  if (payload.type === 'url_verification') return { challenge: payload.challenge };

  const intake = options.intake();
  if (intake === null) throw new AppError('STORE_UNAVAILABLE', 'Expected a started channel');
  const received = decodeEvent(payload, intake.context);
  if (received === null) return {};
  try {
    await intake.receive(received);
  } catch (cause) {
    throw new AppError('INTERNAL', 'The message could not be stored', { cause });
  }
  return toastFor(received) ?? {};
}

/** Returns the decrypted payload of an authentic callback, and throws for any other. */
function createGate({ appId, encryptKey, verificationToken, now }: WebhookOptions) {
  const key = bodyKey(encryptKey);
  const isOurToken = secretCheck(verificationToken);
  return (body: Buffer, signature: SignatureHeaders | null): Payload => {
    if (signature !== null) {
      if (!isSignedWith(encryptKey, signature, body))
        throw new AppError('UNAUTHENTICATED', 'Expected a signature made with our Encrypt Key');
      if (!isTimely(signature.timestamp, now())) throw new AppError('UNAUTHENTICATED', 'Expected a signature of the last eight hours');
    }
    const envelope = parseBytes(body);
    if (typeof envelope.encrypt !== 'string') throw new AppError('UNAUTHENTICATED', 'Expected an encrypted body');

    const payload = open(envelope.encrypt, key);
    if (signature === null && payload?.type !== 'url_verification') {
      // One answer for "cannot be opened" and "is no address check": the difference would let a stranger decrypt by trial.
      throw new AppError('UNAUTHENTICATED', 'Expected a signature');
    }
    if (payload === null)
      throw new AppError('INPUT_INVALID', 'Expected a body encrypted with our Encrypt Key', {
        hint: 'Compare the Encrypt Key on both sides.',
      });

    const header = recordOf(payload.header);
    if (!isOurToken(header.token ?? payload.token)) throw new AppError('FORBIDDEN', 'Expected our Verification Token');
    const sentAppId = header.app_id ?? recordOf(payload.event).app_id;
    if (payload.type !== 'url_verification' && sentAppId !== appId) throw new AppError('FORBIDDEN', `Expected events of the app ${appId}`);
    return payload;
  };
}

function readSignature(request: Request): SignatureHeaders | null {
  const timestamp = request.get('x-lark-request-timestamp');
  const nonce = request.get('x-lark-request-nonce');
  const signature = request.get('x-lark-signature');
  return timestamp === undefined || nonce === undefined || signature === undefined ? null : { timestamp, nonce, signature };
}

function parseBytes(body: Buffer): Payload {
  let parsed: unknown;
  try {
    parsed = JSON.parse(decodeUtf8(body));
  } catch {
    throw new AppError('INPUT_INVALID', 'Expected a body of JSON in UTF-8');
  }
  if (!isRecord(parsed)) throw new AppError('INPUT_INVALID', 'Expected a JSON object');
  return parsed;
}

function open(encrypted: string, key: KeyObject): Payload | null {
  try {
    const payload: unknown = JSON.parse(decrypt(key, encrypted));
    return isRecord(payload) ? payload : null;
  } catch {
    return null;
  }
}

/** The one place where a fault becomes a status: no detail goes out, and no secret into the log. */
function refuse(request: Request, response: Response, error: unknown, log: Log): void {
  const fault = error instanceof AppError ? error : new AppError('INTERNAL', 'The callback could not be handled', { cause: error });
  const fields = { channel: 'feishu', code: fault.code, status: fault.status, reason: fault.message, hint: fault.hint };
  if (fault.status >= 500)
    log.error({ ...fields, cause: fault.cause instanceof Error ? fault.cause.message : undefined }, 'callback failed');
  else log.warn(fields, 'callback refused');

  if (response.headersSent) return;
  if (!request.readableEnded) {
    // The rest of the body is read away unseen, so that the sender gets the answer instead of a broken connection.
    response.set('Connection', 'close');
    request.resume();
  }
  say(response, fault.status, { error: fault.code });
}
