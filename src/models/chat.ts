import { BadRequestError } from 'openai';
import { z } from 'zod';
import { type Endpoint, reportedTokens } from './endpoint.ts';
import { type ModelUse, type Outcome, UnreadableAnswer } from './outcome.ts';
import { estimateOf, messagesOf, type Task } from './prompts.ts';

/** A chat model that answers in JSON. */
export interface ChatModel {
  /** Never rejects. An answer that does not fit the schema is `unreadable`. */
  ask<T>(use: ModelUse, task: Task, schema: z.ZodType<T>, signal?: AbortSignal): Promise<Outcome<T>>;
}

/** More than any answer we ask for. */
export const MAX_CHAT_BYTES = 256 * 1024;

/** The part of a chat completion that is read. */
const completion = z.object({ choices: z.array(z.object({ message: z.object({ content: z.string().max(20_000) }) })).min(1) });

export function createChatModel(endpoint: Endpoint): ChatModel {
  const { model } = endpoint.settings;
  // Some models take no temperature, no limit of this name, or no response format: after the first such refusal they are not sent any more.
  let isPlain = false;
  return {
    ask(use, task, schema, signal) {
      return endpoint.call(
        use,
        estimateOf(task),
        async (client, ended) => {
          const messages = messagesOf(task).map((message) => ({ ...message }));
          const options = { temperature: 0, max_tokens: task.maxTokens, response_format: { type: 'json_object' as const } };
          const create = (extras: object): Promise<unknown> =>
            client.chat.completions.create({ model, messages, ...extras }, { signal: ended });
          let answer: unknown;
          try {
            answer = await create(isPlain ? {} : options);
          } catch (error) {
            if (isPlain || !(error instanceof BadRequestError)) throw error;
            answer = await create({});
            isPlain = true;
          }
          return { value: readAnswer(answer, schema), tokens: reportedTokens(answer) };
        },
        signal,
      );
    },
  };
}

/** @throws {UnreadableAnswer} */
function readAnswer<T>(answer: unknown, schema: z.ZodType<T>): T {
  const read = completion.safeParse(answer);
  if (!read.success) throw new UnreadableAnswer('a chat completion with a text');
  const content = read.data.choices[0]!.message.content.replace(/^\s*<think>[\s\S]*?<\/think>/, '')
    .trim()
    .replace(/^```(?:json)?\s*([\s\S]*?)\s*```$/, '$1');
  let json: unknown;
  try {
    json = JSON.parse(content);
  } catch {
    throw new UnreadableAnswer('one JSON object');
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new UnreadableAnswer('JSON of the form asked for');
  return parsed.data;
}
