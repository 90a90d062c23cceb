/** What is found by {@link java.util.ServiceLoader}, with what is broken left out. A leaf: it uses no other package. */
package io.inferometer.service;
