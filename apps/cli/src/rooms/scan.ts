import { existsSync, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { defineCommand } from 'citty';
import { LEVELS } from './scan/options.ts';

const EXIT_NOT_DONE = 2;

const HELP = `Tìm dấu hiệu trong nhật ký bằng luật Sigma, không cần mạng và không cần hệ thống / search logs with Sigma rules, offline

  vonggac scan --rules DIR|FILE|ZIP… [--jobs N] [--min-level L] [--json|--csv|--summary] [--timeline OUT.html] PATH…

  Nhật ký / logs: .evtx, .json, .jsonl, .ndjson, và .gz của chúng; thư mục đọc đến tận cùng; “-” là đầu vào chuẩn.
    .evtx, .json, .jsonl, .ndjson and .gz of them; folders however deep; “-” is standard input.
    JSON: như evtx_dump, Winlogbeat/ECS, dạng phẳng, nhật ký gốc; mỗi dòng một sự kiện, một mảng, hay nối nhau.
    JSON as of evtx_dump, Winlogbeat/ECS, flat, or native logs; one event a line, an array, or one after another.
  Luật / rules: thư mục, tệp hay zip; --rules có thể lặp lại. Luật không dùng được được nêu tệp, dòng, lý do.
    Folders, files or zips; --rules may be repeated. A rule that cannot be used is told with file, line and reason.
  --json: mỗi dòng một kết quả / one hit a line: {rule_id, rule, level, file, record_id, time, computer, channel, matched}
    file: tính từ đường dẫn đã cho / relative to the path given. record_id: số của bản ghi, không có thì là thứ tự trong tệp / of the record, else its position in the file.
    time: ISO 8601 UTC.
  Thứ tự kết quả theo tệp rồi bản ghi, với --jobs bao nhiêu cũng vậy; tương quan đứng cuối, theo thời gian.
    Hits come by file, then record, whatever --jobs; those of correlations last, by time.
  Mã thoát / exit code: 0; 1 có kết quả từ mức --fail-on trở lên / hits at or above --fail-on; 2 không làm được / not done; 130 bị ngắt / interrupted`;

/** `vonggac scan --rules … PATH…`: see HELP. The words are read by `readOptions`: citty knows no repeated flags. */
export const scan = defineCommand({
  meta: { name: 'scan', description: HELP },
  args: {
    rules: { type: 'string', description: 'luật Sigma, lặp lại được / Sigma rules, may be repeated', valueHint: 'DIR|FILE|ZIP' },
    jobs: {
      type: 'string',
      description: 'số luồng, hoặc auto: theo lượng nhật ký / threads, or auto: by the amount of logs',
      valueHint: 'N',
    },
    'min-level': { type: 'string', description: `mức thấp nhất / least level: ${LEVELS.join(', ')}`, valueHint: 'L' },
    'fail-on': { type: 'string', description: 'mã thoát 1 từ mức này / exit code 1 from this level on', valueHint: 'L' },
    json: { type: 'boolean', description: 'mỗi dòng một kết quả JSON / one JSON hit a line' },
    csv: { type: 'boolean', description: 'bảng CSV / a CSV table' },
    summary: { type: 'boolean', description: 'chỉ tóm tắt / the summary only' },
    timeline: { type: 'string', description: 'dòng thời gian, một tệp HTML / the timeline, one HTML file', valueHint: 'OUT.html' },
    logsource: {
      type: 'string',
      description: 'nguồn của sự kiện không tự nói / log source of events that do not tell',
      valueHint: 'product=…,category=…,service=…',
    },
    mapping: {
      type: 'string',
      description: 'thêm cách nhận ra nhật ký, lặp lại được / further mapping, may be repeated',
      valueHint: 'FILE',
    },
    pipeline: { type: 'string', description: 'giá trị cho %chỗ trống% / values of placeholders', valueHint: 'FILE' },
    path: { type: 'positional', required: false, description: 'tệp, thư mục, “-” / files, folders, “-”' },
  },
  async run({ rawArgs }) {
    keepCompiled();
    const { runScan } = await import('./scan/run.ts');
    const { Stopped } = await import('./scan/stopped.ts');
    try {
      process.exitCode = await runScan(rawArgs);
    } catch (error) {
      // Code 1 says that there are hits: whatever else ends the scan must not.
      process.exitCode = EXIT_NOT_DONE;
      if (!(error instanceof Stopped)) console.error(error);
      else if (error.text !== null) process.stderr.write(`${error.text.vi}\n${error.text.en}\n`);
    }
  },
});

/**
 * Spares a third of a second of compiling at each start. What is kept is of this user alone: in a folder that all may write to, others could
 * plant code. Where there is no such folder, nothing is kept.
 */
function keepCompiled(): void {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const folder = join(cache, 'vonggac');
  try {
    for (const needed of [cache, folder]) if (!existsSync(needed)) mkdirSync(needed, { mode: 0o700 });
    enableCompileCache(folder);
  } catch {
    // A home that cannot be written to: the command works as well, and starts more slowly.
  }
}
