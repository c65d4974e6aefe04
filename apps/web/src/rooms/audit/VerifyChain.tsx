import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useChange } from '../../api/query.ts';
import { formatNumber } from '../../i18n/format.ts';
import { currentLanguage } from '../../i18n/language.ts';
import { Problem } from '../../ui/form/Form.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Panel } from '../../ui/page/Panel.tsx';
import styles from './Audit.module.css';

/** Kiểm tra chuỗi: every row against its hash, the hashes against the signed anchors. */
export function VerifyChain(): ReactElement {
  const { t } = useTranslation('audit');
  const verify = useChange('POST /audit/verify');
  const { data, error } = verify;
  return (
    <div className={`${styles['verify']} never-printed`}>
      <Panel label={t('verify.title')}>
        <div className={styles['verifyLine']}>
          <div>
            <strong>{t('verify.title')}</strong>
            <p className={styles['soft']}>{t('verify.lead')}</p>
          </div>
          <Button variant="default" loading={verify.isPending} onClick={() => verify.mutate({ body: {} })}>
            {t('verify.button')}
          </Button>
        </div>
        <div role="status">
          {error !== null && <Problem error={error} />}
          {data !== undefined && data.findings.length === 0 && (
            <p className={styles['whole-chain']}>
              <Icon name="done" />
              {t('verify.whole', { rows: formatNumber(data.rows), anchors: formatNumber(data.anchors), head: formatNumber(data.head) })}
            </p>
          )}
          {data !== undefined && data.findings.length > 0 && (
            <div className={styles['broken']}>
              <strong>{t('verify.broken', { count: data.findings.length })}</strong>
              <ul>
                {data.findings.map((finding, at) => (
                  <li key={at}>
                    {finding.text[currentLanguage()]}
                    {finding.seq !== null && ` · ${t('verify.seq', { seq: formatNumber(finding.seq) })}`}
                    {finding.row !== null && (
                      <>
                        {' · '}
                        <code>{finding.row}</code>
                      </>
                    )}
                  </li>
                ))}
              </ul>
              <p>{t('verify.cure')}</p>
            </div>
          )}
        </div>
      </Panel>
    </div>
  );
}
