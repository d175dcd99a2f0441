// Whether keys are named as on Apple's keyboards: ⌘ in place of Ctrl.

export function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
