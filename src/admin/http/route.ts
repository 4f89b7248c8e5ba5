import type { Request, Response } from 'express';
import type { z } from 'zod';
import type { Role } from '../../domain/role.ts';
import type { Visitor } from '../accounts/sessions.ts';
import type { XLSX } from '../spreadsheet.ts';
import type { House } from './house.ts';
import type { Who } from './who.ts';

/**
 * Who may call a route. `open`: anybody, before signing in. `pending`: who is signed in, even with a password that has to be changed first.
 * A role: who has at least that one.
 */
export type Needs = 'open' | 'pending' | Role;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Media types of files. */
export type FileType = 'text/csv' | 'application/zip' | typeof XLSX;

/** A file as an answer, offered for saving. */
export interface FileAnswer {
  readonly name: string;
  readonly bytes: Uint8Array | string;
}

export interface Call<Body = unknown, Query = unknown> {
  readonly body: Body;
  readonly query: Query;
  /** A part of the address, by its name in the path. */
  readonly param: (name: string) => string;
  readonly visitor: Visitor;
  readonly request: Request;
  readonly response: Response;
}

export type SignedCall<Body = unknown, Query = unknown> = Call<Body, Query> & { readonly who: Who };

interface Shape<Body, Query, Answer> {
  readonly summary: string;
  /** `file`: raw bytes. */
  readonly body?: Body;
  readonly query?: Query;
  /** Left out: 204 without a body. A media type: a file. */
  readonly answer?: Answer | FileType;
  /** Only by a person who is signed in, never by a token: what would let a stolen token make itself at home. */
  readonly isForPeople?: boolean;
}

/** One address of the API. The table of all is what is served, guarded, documented and tested. */
export interface Route {
  readonly needs: Needs;
  readonly method: Method;
  /** Below `/api/v1/admin`, parameters as `:name`. */
  readonly path: string;
  readonly summary: string;
  readonly body: z.ZodType | 'file' | null;
  readonly query: z.ZodObject | null;
  readonly answer: z.ZodType | FileType | null;
  readonly isForPeople: boolean;
  readonly handle: (call: SignedCall, house: House) => Promise<unknown>;
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : Schema extends string ? Uint8Array : undefined;
type Result<Answer> = Answer extends z.ZodType ? z.input<Answer> : Answer extends string ? FileAnswer : void;

/**
 * A route. Whoever may not call it never reaches `handle`; body and query are read by their schemas, and nothing leaves that is not in the
 * answer's.
 * @example route('viewer', 'get', '/texts/:id', { summary: 'One document.', answer: textView }, async ({ param }, house) => …)
 */
export function route<
  const N extends Needs,
  Body extends z.ZodType | 'file' | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Answer extends z.ZodType | FileType | undefined = undefined,
>(
  needs: N,
  method: Method,
  path: string,
  shape: Shape<Body, Query, Answer>,
  handle: (
    call: N extends 'open' ? Call<Output<Body>, Output<Query>> : SignedCall<Output<Body>, Output<Query>>,
    house: House,
  ) => Promise<Result<Answer>>,
): Route {
  const { summary, body = null, query = null, answer = null, isForPeople = false } = shape;
  return { needs, method, path, summary, body, query, answer, isForPeople, handle: handle as unknown as Route['handle'] };
}
