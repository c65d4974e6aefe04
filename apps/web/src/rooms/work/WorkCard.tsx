import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorText } from '../../ui/form/useErrorText.ts';
import { showToast } from '../../ui/toast/toasts.ts';
import { useWorkAct } from './api.ts';
import type { Card } from './api.ts';
import { DueText } from './components/TaskChip.tsx';
import { canSendNothing, NothingSend } from './periods/NothingSend.tsx';
import { periodDays } from './periods/words.ts';
import styles from './Work.module.css';

interface WorkCardProps {
  card: Card;
  tab: 'todo' | 'waiting' | 'done';
  onReceive: () => void;
  onRefuse: () => void;
}

const SHOWN = 3;

/** One directive by one deadline, with its next step as the one primary button. */
export function WorkCard({ card, tab, onReceive, onRefuse }: WorkCardProps): ReactElement {
  const { t } = useTranslation('work');
  const asked = card.items.filter(({ state }) => state === 'more-asked').length;
  const to = `/my-work/${card.directive}`;
  return (
    <li className={styles['card']}>
      <h3>
        <Link to={to}>{card.subject}</Link>
      </h3>
      <div className={styles['meta']}>
        <span>
          {card.code ?? t('card.noCode', { symbol: card.symbol ?? '' })}
          {card.issuerName !== null && ` · ${card.issuerName}`}
        </span>
        <DueText due={card.due} timeState={card.timeState} answeredAt={card.answeredAt} />
      </div>
      <div>
        {card.urgency !== null && (
          <span className={styles['chip']} data-state="urgent">
            {t(`urgency.${card.urgency}`)}
          </span>
        )}{' '}
        {tab === 'todo' && card.receiptState === '01' && <span className={styles['chip']}>{t('card.unreceived')}</span>}{' '}
        {asked > 0 && (
          <span className={styles['chip']} data-state="more-asked">
            {t('card.moreAsked', { count: asked })}
          </span>
        )}
        {tab === 'todo' && card.proposed > 0 && <span className={styles['chip']}>{t('card.proposed', { count: card.proposed })}</span>}
      </div>
      <ul className={styles['items']}>
        {card.items.slice(0, SHOWN).map(({ task, path, text, period }) => (
          <li key={task}>
            <span className={styles['path']}>{path}</span>
            <span>
              {period !== null && (
                <strong className="tabular">{t('period.one', { number: period.number, days: periodDays(period) })} · </strong>
              )}
              {text}
            </span>
          </li>
        ))}
        {card.items.length > SHOWN && <li className={styles['hint']}>{t('card.andMore', { count: card.items.length - SHOWN })}</li>}
      </ul>
      <div className={styles['buttons']}>
        <CardButtons card={card} tab={tab} to={to} onReceive={onReceive} onRefuse={onRefuse} />
      </div>
    </li>
  );
}

function CardButtons({ card, tab, to, onReceive, onRefuse }: WorkCardProps & { to: string }): ReactElement {
  const { t } = useTranslation('work');
  if (tab === 'todo' && card.receiptState === '01') {
    return (
      <>
        <Button variant="default" onClick={onRefuse}>
          {t('card.refuse')}
        </Button>
        <Button onClick={onReceive}>{t('card.receive')}</Button>
      </>
    );
  }
  const open = (
    <Button key="open" component={Link} to={to} hash={`item-${card.items[0]?.path ?? ''}`} variant={tab === 'todo' ? 'filled' : 'default'}>
      {tab === 'todo' ? t('card.answer') : t('card.view')}
    </Button>
  );
  return tab === 'waiting' ? (
    <>
      <TakeBack card={card} />
      {open}
    </>
  ) : tab === 'todo' && canSendNothing(card) ? (
    <>
      <NothingSend card={card} />
      {open}
    </>
  ) : (
    open
  );
}

function TakeBack({ card }: { card: Card }): ReactElement {
  const { t } = useTranslation('work');
  const errorText = useErrorText();
  const back = useWorkAct('POST /work/{directive}/{organisation}/withdraw-submission');
  const { directive, organisation, items } = card;
  return (
    <Button
      variant="default"
      loading={back.isPending}
      onClick={() =>
        void back.mutateAsync({ params: { directive, organisation }, body: { tasks: items.map(({ task }) => task) } }).then(
          ({ tasks }) => showToast({ message: t('takeBack.done', { count: tasks.length }) }),
          (error: unknown) => showToast({ message: errorText(error), kind: 'problem' }),
        )
      }
    >
      {t('takeBack.button')}
    </Button>
  );
}
