package io.inferometer.simulator.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.inferometer.simulator.cache.BlockPool.Block;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockPoolTest {
    @Test
    void whatWasFilledIsFoundUntilItsPlaceIsNeeded() {
        BlockPool pool = new BlockPool(2);
        Block block = filled(pool, 7);

        assertThat(pool.find(7)).isSameAs(block);
        assertThat(pool.free()).isEqualTo(1);
        pool.release(block);

        assertThat(pool.find(7)).isSameAs(block);
        assertThat(block.idle()).isTrue();
        assertThat(pool.free()).isEqualTo(2);
        pool.allocate();
        assertThat(pool.find(7)).isSameAs(block);
        pool.allocate();
        assertThat(pool.find(7)).isNull();
        assertThat(pool.free()).isZero();
    }

    @Test
    void theIdleBlockThatWasUsedLongestAgoGoesFirst() {
        BlockPool pool = new BlockPool(3);
        Block one = filled(pool, 1);
        Block two = filled(pool, 2);
        Block three = filled(pool, 3);
        pool.release(one);
        pool.release(two);
        pool.release(three);
        pool.take(one);
        pool.release(one);

        pool.allocate();
        assertThat(known(pool, 1, 2, 3)).containsExactly(1L, 3L);
        pool.allocate();
        assertThat(known(pool, 1, 2, 3)).containsExactly(1L);
    }

    @Test
    void aBlockInUseIsNotTakenAway() {
        BlockPool pool = new BlockPool(2);
        Block shared = filled(pool, 1);
        pool.take(shared);
        pool.release(shared);

        pool.allocate();
        pool.allocate();

        assertThat(pool.find(1)).isSameAs(shared);
        assertThat(pool.free()).isEqualTo(-1);
        assertThat(pool.usage()).isEqualTo(1);
    }

    @Test
    void theFirstOfTwoBlocksThatHoldTheSameIsKnown() {
        BlockPool pool = new BlockPool(4);
        Block first = filled(pool, 1);
        Block second = filled(pool, 1);

        assertThat(pool.find(1)).isSameAs(first);
        pool.release(second);
        assertThat(pool.free()).isEqualTo(3);
        assertThat(pool.find(1)).isSameAs(first);
    }

    @Test
    void anEmptyBlockIsGoneWhenNobodyUsesIt() {
        BlockPool pool = new BlockPool(1);

        pool.release(pool.allocate());

        assertThat(pool.free()).isEqualTo(1);
        assertThat(pool.usage()).isZero();
    }

    /** Against a model that looks at all blocks, over many hashes in few buckets. */
    @Test
    void keepsWhatASlowerOneKeeps() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            int capacity = 1 + random.nextInt(3_000);
            BlockPool pool = new BlockPool(capacity);
            Map<Long, Integer> users = new HashMap<>();
            LinkedHashSet<Long> idle = new LinkedHashSet<>();
            List<Block> held = new ArrayList<>();
            Deque<Long> hashes = new ArrayDeque<>();
            for (int i = 0; i < 20_000; i++) {
                long hash = random.nextInt(2 * capacity) * 1_024L;
                if (random.nextBoolean() && !held.isEmpty()) {
                    Block block = held.remove(held.size() - 1);
                    long gone = hashes.removeLast();
                    pool.release(block);
                    if (users.merge(gone, -1, Integer::sum) == 0) {
                        users.remove(gone);
                        idle.add(gone);
                    }
                } else if (pool.find(hash) != null) {
                    held.add(pool.find(hash));
                    hashes.add(hash);
                    pool.take(pool.find(hash));
                    users.merge(hash, 1, Integer::sum);
                    idle.remove(hash);
                } else if (users.size() < capacity) {
                    held.add(filled(pool, hash));
                    hashes.add(hash);
                    users.put(hash, 1);
                    if (users.size() + idle.size() > capacity) {
                        idle.remove(idle.iterator().next());
                    }
                }

                assertThat(pool.find(hash) != null).isEqualTo(users.containsKey(hash) || idle.contains(hash));
                assertThat(pool.free()).isEqualTo(capacity - users.size());
            }
        }
    }

    private static Block filled(BlockPool pool, long hash) {
        Block block = pool.allocate();
        pool.fill(block, hash);
        return block;
    }

    private static List<Long> known(BlockPool pool, long... hashes) {
        List<Long> known = new ArrayList<>();
        for (long hash : hashes) {
            if (pool.find(hash) != null) {
                known.add(hash);
            }
        }
        return known;
    }
}
