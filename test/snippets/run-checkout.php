<?php
// One call of snippets/checkout.php, as test/snippets/php-checkout.ts asks for it on standard input; answers JSON.

require __DIR__ . '/../../snippets/checkout.php';

$asked = json_decode((string) stream_get_contents(STDIN), true);
$refused = [];
$linger = new LingerCheckout(
    $asked['url'],
    $asked['key'],
    $asked['queue'],
    $asked['timeoutMs'],
    $asked['trust'] === null ? null : static fn (string $code, array $order): float => $order['total'] * $asked['trust'],
    static function (array $job, string $reason) use (&$refused): void {
        $refused[] = [$job['order'], $reason];
    }
);
$answer = $asked['verb'] === 'retry' ? $linger->retry() : $linger->{$asked['verb']}($asked['code'], $asked['order']);
echo json_encode(['answer' => $answer, 'refused' => $refused]);
