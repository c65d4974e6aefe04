import { repairFontText } from '@vonggac/outside';
import { extracted } from './extract-job.ts';
import type { JobInput, JobResult } from './extract-job.ts';
import type { ExtractWarning } from './model.ts';
import { readPdf } from './pdf-text.ts';

function legacyFont(place: string): ExtractWarning {
  return {
    code: 'legacy-encoding',
    place,
    messages: {
      vi: 'Tệp PDF dùng phông chữ cũ và đã được chuyển sang Unicode. Hãy đối chiếu với bản gốc.',
      en: 'The PDF uses an old font and was converted to Unicode. Compare it with the original.',
    },
  };
}

/**
 * Runs in the child: reads a PDF. A module of its own, because pdf.js takes long to load and other files do not need it.
 *
 * @throws OutsideError with a code of `refusals.ts`
 */
export async function pdfJob(input: JobInput): Promise<JobResult> {
  const read = await readPdf(input.bytes, input.name, input.limits);
  if (read.kind === 'scan') return { kind: 'scan', source: 'pdf', pages: read.pages };
  const repaired = repairFontText(read.text);
  const warnings = repaired === null ? read.warnings : [...read.warnings, legacyFont(input.name)];
  return extracted({ text: repaired?.text ?? read.text, format: 'pdf', warnings }, input);
}
