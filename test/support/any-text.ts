import fc from 'fast-check';

/** Any string a program can be handed: every UTF-16 code unit, lone surrogates and control characters too. */
export const anyText = (maxLength = 40): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0xff_ff }), fc.integer({ min: 0x4e_00, max: 0x9f_ff }), fc.integer({ min: 0, max: 0x7f })), {
      maxLength,
    })
    .map((units) => String.fromCharCode(...units));
