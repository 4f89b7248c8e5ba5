/** The part of a structured logger the rooms need (pino satisfies it). Message texts are logged at `debug` only. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
