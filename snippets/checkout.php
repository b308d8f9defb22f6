<?php
// Linger at the checkout of a shop of your own, on PHP 7.4 or newer with the curl extension. Copy this file beside your code.
//
//   require 'checkout.php';
//   $linger = new LingerCheckout('https://linger.example', getenv('LINGER_KEY'), __DIR__ . '/linger-queue');
//
//   $linger->check($code, ['total' => 4200]);                                             // the buyer types a code: what would it take off?
//   $linger->reserve($code, ['orderId' => $id, 'total' => 4200, 'email' => $email]);      // the buyer presses "pay": nobody else can use it for 15 minutes
//   $linger->redeem($code, ['orderId' => $id, 'total' => 4200, 'email' => $email]);       // the order is paid
//   $linger->release($code, $id);                                                         // or it was given up
//
// `total` is the order before the discount. Add `items`, its lines as `[{id, price, quantity, category, was}]`, where an offer is on some
// things alone: only they tell what it takes off. Add `codes`, the order's other codes and discounts by name, where there are any.
// Each call answers within $timeoutMs, and never throws:
//
//   ['ok' => true, 'discount' => 420.0]             the code is good
//   ['ok' => false, 'reason' => 'code_expired']     it surely is not: tell the buyer, and let them order without it
//   ['ok' => null, 'discount' => 0.0]               Linger doesn't answer: go on with the order. `discount` is what your $whenSilent says
//
// An order is never lost because Linger is down. A redemption or release that got no answer is written to the queue file; run
//   php -r "require 'checkout.php'; (new LingerCheckout('https://linger.example', getenv('LINGER_KEY'), __DIR__ . '/linger-queue'))->retry();"
// from cron every minute: it is sent again with the same Idempotency-Key until Linger has taken it. Keep the queue file out of the
// folder that your web server shows.

final class LingerCheckout
{
    /** The answers that are about the code. Everything else (a wrong key, too many calls, an error of Linger's) says nothing of it. */
    private const REASONS = [
        'code_not_found',    // There is no such code.
        'code_expired',      // It was good until some time ago.
        'already_redeemed',  // It has been used.
        'reserved',          // Another order holds it, for 15 minutes at most.
        'order_has_code',    // This order has used another code: one order takes one.
        'not_combinable',    // It can't be used beside the other `codes` of the order.
        'below_minimum',     // The order is too small for it.
        'currency_mismatch', // It is in another currency than the shop's.
        'code_bound',        // It was given to another address.
    ];

    private string $url;
    private string $key;
    private string $queue;
    private int $timeoutMs;
    /** @var callable(string, array): float */
    private $whenSilent;
    /** @var callable(array, string): void */
    private $onRefused;

    /**
     * $whenSilent($code, $order) is your choice for the time that Linger doesn't answer: the discount that you give on trust.
     * The default gives none. $onRefused($job, $reason) hears of a code that turned out not to be good when it was sent again.
     */
    public function __construct(
        string $url,
        string $key,
        string $queue,
        int $timeoutMs = 1500,
        ?callable $whenSilent = null,
        ?callable $onRefused = null
    ) {
        $this->url = rtrim($url, '/');
        $this->key = $key;
        $this->queue = $queue;
        $this->timeoutMs = $timeoutMs;
        $this->whenSilent = $whenSilent ?? static fn (string $code, array $order): float => 0.0;
        $this->onRefused = $onRefused ?? static function (array $job, string $reason): void {
        };
    }

    public function check(string $code, array $order = []): array
    {
        return $this->act('check', $code, $order, false);
    }

    public function reserve(string $code, array $order): array
    {
        return $this->act('reserve', $code, $order, false);
    }

    public function redeem(string $code, array $order): array
    {
        return $this->act('redeem', $code, $order, true);
    }

    public function release(string $code, string $orderId): array
    {
        return $this->act('release', $code, ['orderId' => $orderId], true);
    }

    /** Sends what got no answer again, in its order; how many are left. The first that gets none again ends the round. */
    public function retry(): int
    {
        $lock = @fopen($this->queue . '.lock', 'c');
        // Another run is at it, or the folder can't be written to.
        if ($lock === false || !flock($lock, LOCK_EX | LOCK_NB)) {
            return -1;
        }
        try {
            // Moved aside, so that no order waits for this. What an earlier round left over is older, and comes first.
            $taken = $this->queue . '.taken';
            if (!is_file($taken) && (!is_file($this->queue) || !rename($this->queue, $taken))) {
                return 0;
            }
            $done = 0;
            foreach ($this->lines($taken) as $line) {
                if (!$this->sendAgain($line)) {
                    break;
                }
                $done++;
            }
            return $this->keep($taken, $done) + count($this->lines($this->queue));
        } finally {
            flock($lock, LOCK_UN);
            fclose($lock);
        }
    }

    /** False when it got no answer again. */
    private function sendAgain(string $line): bool
    {
        $job = json_decode($line, true);
        $answer = $this->ask($job['verb'], $job['code'], $job['order'], $job['id']);
        if ($answer !== null && $answer['ok'] === false && $job['verb'] === 'redeem') {
            ($this->onRefused)($job, $answer['reason']);
        }
        return $answer !== null;
    }

    /** Takes the first lines off. What was added while they were sent stays. */
    private function keep(string $taken, int $done): int
    {
        $left = array_slice($this->lines($taken), $done);
        if ($left === []) {
            unlink($taken);
        } else {
            file_put_contents($taken, implode("\n", $left) . "\n", LOCK_EX);
        }
        return count($left);
    }

    /** @return string[] One job each. What a crash cut in the middle is none. */
    private function lines(string $file): array
    {
        $all = is_file($file) ? explode("\n", (string) file_get_contents($file)) : [];
        return array_values(array_filter($all, static fn (string $line): bool => is_array(json_decode($line, true))));
    }

    private function act(string $verb, string $code, array $order, bool $keep): array
    {
        $code = trim($code);
        // What can't be a code isn't asked about: `..` would even climb to another path.
        if (preg_match('~^[\p{L}\p{Nd}][^\s/\\\\?#]{0,99}$~u', $code) !== 1) {
            return ['ok' => false, 'reason' => 'code_not_found'];
        }
        $job = ['id' => bin2hex(random_bytes(16)), 'verb' => $verb, 'code' => $code, 'order' => $order];
        $answer = $this->ask($verb, $code, $order, $keep ? $job['id'] : null);
        if ($answer !== null) {
            return $answer;
        }
        if ($keep) {
            // One line, appended under a lock, and begun on its own: a line that a crash cut must not spoil the next.
            // A full disk must not cost the order, either.
            @file_put_contents($this->queue, "\n" . json_encode($job, JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION) . "\n", FILE_APPEND | LOCK_EX);
        }
        return ['ok' => null, 'discount' => $verb === 'release' ? 0.0 : (float) ($this->whenSilent)($code, $order)];
    }

    /** The answer as ['ok' => …]; null when there is none that says anything of the code. */
    private function ask(string $verb, string $code, array $order, ?string $idempotencyKey): ?array
    {
        $headers = ['Authorization: Bearer ' . $this->key, 'Content-Type: application/json'];
        if ($idempotencyKey !== null) {
            $headers[] = 'Idempotency-Key: ' . $idempotencyKey;
        }
        $curl = curl_init($this->url . '/v1/codes/' . rawurlencode($code) . '/' . $verb);
        if ($curl === false) {
            return null;
        }
        curl_setopt_array($curl, [
            CURLOPT_POST => true,
            CURLOPT_POSTFIELDS => json_encode((object) $order, JSON_UNESCAPED_UNICODE | JSON_PRESERVE_ZERO_FRACTION),
            CURLOPT_HTTPHEADER => $headers,
            CURLOPT_RETURNTRANSFER => true,
            // Covers connecting, waiting and reading. Milliseconds need this where names are looked up without threads.
            CURLOPT_NOSIGNAL => true,
            CURLOPT_CONNECTTIMEOUT_MS => $this->timeoutMs,
            CURLOPT_TIMEOUT_MS => $this->timeoutMs,
        ]);
        $text = curl_exec($curl);
        $status = (int) curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        $answer = is_string($text) ? json_decode($text, true) : null;
        if (!is_array($answer)) {
            return null;
        }
        if ($status === 200) {
            return ['ok' => true, 'discount' => (float) ($answer['discount'] ?? 0), 'reservedUntil' => $answer['reservedUntil'] ?? null];
        }
        $reason = $answer['code'] ?? null;
        return in_array($reason, self::REASONS, true) ? ['ok' => false, 'reason' => $reason] : null;
    }
}
