import asyncio, time
from tests.bot.test_delivery import *
from collections import Counter

async def test_bench(store, outlet, clock):
    n=3000
    put(store, clock, *((f"c{i}", "Halo") for i in range(n)))
    put(store, clock, *((f"b{i}", "Halo") for i in range(6000)), account=BOT, priority=BROADCAST)
    busy=Outlet()
    d = deliverer(store, {WEB: outlet, BOT: busy}, clock, poll=1.0)
    claims=[]
    t=time.perf_counter(); c=time.process_time()
    async with running(d):
        await until(lambda: len(outlet.sent)==n, 60)
        dt=time.perf_counter()-t; dc=time.process_time()-c
        await asyncio.sleep(1)
    print("\nBENCH", store.url[:10], n, f"{n/dt:.0f}/s cpu ms each {dc/n*1000:.2f}", "broadcasts meanwhile", len(busy.sent), f"{dt:.1f}s")
    with store.begin() as book:
        t=time.perf_counter(); e=book.outbox.claim(clock(),45,64,"x",[BOT]); a=time.perf_counter()-t
        t=time.perf_counter(); f=book.outbox.claim(clock(),45,64,"x"); b=time.perf_counter()-t
        print("claim without", len(e), f"{a*1e3:.1f}ms", "claim", len(f), f"{b*1e3:.1f}ms")
