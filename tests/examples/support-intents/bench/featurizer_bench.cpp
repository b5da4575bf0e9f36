#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "featurizer/featurizer.h"

namespace {

/// Several, so that the processor cannot learn one by heart.
const std::vector<std::string> alphabetic = {
    "Hello, where is my order 48213? It should have been here last week, thanks in advance",
    "Ich möchte die Lieferadresse ändern, meine Bestellung 77120, es ist dringend, vielen Dank",
    "Buenos días, por favor envíenme la factura de mi pedido 90412, lo necesito saber hoy",
    "My card was declined when I paid for the coffee machine, can you help",
};
const std::vector<std::string> chinese = {
    "你好，我的订单４８２１３到哪里了，上周就应该送到的，麻烦尽快帮我查一下物流，谢谢",
    "请把我三天前买的咖啡机送到公司，原来的收货地址写错了，今天要知道能不能改",
    "付款的时候卡被拒了，银行说支付失败，可是显示扣了我两次钱，很急",
};

void featurize(benchmark::State& state, const std::vector<std::string>& utterances) {
  for (auto _ : state)
    for (const std::string& utterance : utterances) {
      auto input = intents::model_input(utterance);
      benchmark::DoNotOptimize(input.data());
    }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(utterances.size()));
}

BENCHMARK_CAPTURE(featurize, alphabetic, alphabetic);
BENCHMARK_CAPTURE(featurize, chinese, chinese);

}  // namespace

BENCHMARK_MAIN();
