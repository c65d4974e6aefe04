import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

interface RedirectProps {
  to: string;
  /** Address to come back to afterwards. */
  back?: string;
}

/** Leads elsewhere once, however often the frame around it is drawn while the next page loads. */
export function Redirect({ to, back }: RedirectProps): null {
  const navigate = useNavigate();
  const led = useRef<string>(undefined);
  useEffect(() => {
    if (led.current === to) return;
    led.current = to;
    void navigate({ to, search: (back === undefined || back === '/' ? {} : { back }) as never, replace: true });
  }, [to, back, navigate]);
  return null;
}
