import { AppError } from '../../domain/errors.ts';
import { MIN_PASSWORD } from '../http/schemas.ts';

/** What guessers try first among passwords that are long enough, lower case. */
const COMMON = new Set([
  '123456789012',
  '1234567890123',
  '12345678901234',
  '123456123456',
  '123123123123',
  '012345678901',
  '0123456789012',
  '112233445566',
  '098765432109',
  '987654321098',
  '1qaz2wsx3edc',
  '1qaz2wsx3edc4rfv',
  '1q2w3e4r5t6y',
  '1q2w3e4r5t6y7u8i',
  'q1w2e3r4t5y6',
  'qwertyuiop12',
  'qwertyuiop123',
  'qwertyuiop[]',
  'qwertyuiopasdf',
  'qwerty123456',
  'qwer1234qwer1234',
  'asdfghjkl123',
  'zxcvbnm12345',
  'abcdefghijkl',
  'abcdefg12345',
  'abcdef123456',
  'abc123abc123',
  'a1b2c3d4e5f6',
  'aa1234567890',
  'a12345678901',
  'password1234',
  'password12345',
  'password123456',
  'passwordpassword',
  'passw0rd1234',
  'p@ssw0rd1234',
  'p@ssword1234',
  'administrator',
  'administrator1',
  'admin1234567',
  'admin12345678',
  'admin123456789',
  'admin@123456',
  'adminadmin123',
  'adminadminadmin',
  'root12345678',
  'rootrootroot',
  'welcome12345',
  'welcome123456',
  'letmein12345',
  'changeme1234',
  'changemechangeme',
  'iloveyou1234',
  'iloveyou5201314',
  'woaini123456',
  'woaini1314520',
  'woaini5201314',
  '5201314520131',
  '520131452013',
  '131452013145',
  'test12345678',
  'wence1234567',
  'wence12345678',
  'wence123456789',
]);
const LEAST_DIFFERENT = 5;

/**
 * Refuses passwords that would be guessed.
 * @throws {AppError} `INPUT_INVALID`, in Chinese
 */
export function requireGoodPassword(password: string, signInName: string): void {
  const plain = password.normalize('NFKC').toLowerCase();
  const fault =
    [...plain].length < MIN_PASSWORD
      ? `密码至少需要 ${MIN_PASSWORD} 个字符。`
      : plain.includes(signInName.toLowerCase())
        ? '密码里不能包含登录名。'
        : COMMON.has(plain) || new Set(plain).size < LEAST_DIFFERENT
          ? '这个密码太常见，容易被猜到。'
          : null;
  if (fault !== null) throw new AppError('INPUT_INVALID', fault, { hint: '请换一个，例如由几个互不相关的词连成的密码。' });
}
